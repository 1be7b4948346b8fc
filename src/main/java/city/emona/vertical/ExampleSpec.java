package city.emona.vertical;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An input and the entities that must come of it; a test of the vertical.
 *
 * @param name a sentence
 * @param source the id of the source that reads the input
 * @param input a file, or for GBFS a folder of files, inside the vertical
 * @param expected a JSON file inside the vertical: the entities, and the rejected records with their reasons
 * @param fetchedAt the time at which the input is said to be fetched
 * @param topic the MQTT topic on which it is said to have come; null for none
 */
public record ExampleSpec(
        String name,
        String source,
        String input,
        String expected,
        Instant fetchedAt,
        @Nullable String topic) {}
