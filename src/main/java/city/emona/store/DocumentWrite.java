package city.emona.store;

import org.jspecify.annotations.Nullable;

/**
 * What a change-set does to one small document of the registry.
 *
 * @param kind the kind of document, such as a hosted JSON-LD context
 * @param key the name of the document among its kind
 * @param content the new content; null to delete
 */
public record DocumentWrite(String kind, String key, byte @Nullable [] content) {}
