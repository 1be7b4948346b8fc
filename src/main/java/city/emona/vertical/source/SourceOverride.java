package city.emona.vertical.source;

import java.time.Duration;
import java.util.Map;

/**
 * Another place from which a declared source is read; it runs even when it is declared as not enabled.
 *
 * @param vertical the id of the vertical
 * @param source the id of the source in it
 * @param variables constants for the mapping, in the place of those declared under the same name
 * @param demo whether everything that comes from there is demo data
 */
public record SourceOverride(
        String vertical, String source, String address, Duration every, Map<String, String> variables, boolean demo) {
    public SourceOverride {
        variables = Map.copyOf(variables);
    }
}
