package city.emona.portal;

import java.time.Instant;
import java.util.List;

/**
 * Where some values of an entity come from.
 *
 * @param source what people call the source
 * @param href where its state is shown
 * @param fetchedAt when the newest of the values was fetched
 * @param fetched the same in words
 * @param made by which mapping of which package, in a sentence
 * @param values the titles of the values
 */
public record OriginView(
        String source, String href, Instant fetchedAt, String fetched, String made, List<String> values) {}
