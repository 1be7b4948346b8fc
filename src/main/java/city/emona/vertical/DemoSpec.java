package city.emona.vertical;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a source reads in the demo city: documents that expressions make of the time alone.
 *
 * @param source the id of the source
 * @param every the time between two polls
 * @param variables constants for the mapping, in the place of those of the source under the same name
 * @param data the input of the expressions: facts such as names and places
 * @param documents the expressions by the names of their documents; the first is the one that the source is pointed to
 */
public record DemoSpec(
        String source,
        Duration every,
        Map<String, String> variables,
        JsonNode data,
        Map<String, SourceSpec.MappingSpec> documents) {
    public DemoSpec {
        variables = Map.copyOf(variables);
        documents = Collections.unmodifiableMap(new LinkedHashMap<>(documents));
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("the demo of " + source + " has no document");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the demo of " + source + " is polled more often than once a second");
        }
    }

    /** The name of the document that the source is pointed to. */
    public String entry() {
        return List.copyOf(documents.keySet()).getFirst();
    }
}
