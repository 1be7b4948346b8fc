package city.emona.vertical.source;

import city.emona.vertical.SourceSpec;
import java.time.Duration;
import java.util.Map;

/**
 * Another place from which a source of a vertical is read; it runs even when it is declared as not enabled.
 *
 * @param source the id of the source
 * @param connector how it is read there
 * @param variables constants for the mapping, in the place of those declared under the same name
 * @param demo whether everything that comes from there is demo data
 */
public record SourceOverride(
        String source,
        SourceSpec.Connector connector,
        String address,
        Duration every,
        Map<String, String> variables,
        boolean demo) {
    public SourceOverride {
        variables = Map.copyOf(variables);
    }

    /** The source as it is read there. */
    SourceSpec applyTo(SourceSpec declared) {
        return declared.at(connector, address, every, variables);
    }
}
