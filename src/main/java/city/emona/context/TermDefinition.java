package city.emona.context;

import org.jspecify.annotations.Nullable;

/**
 * What a context says of one term.
 *
 * @param iri the IRI or keyword; null where the context unmaps the term
 * @param prefix whether the term may stand before a colon
 */
record TermDefinition(@Nullable String iri, boolean prefix) {}
