package city.emona.vertical;

import city.emona.vertical.RuleTest.Matches;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an alert is raised, and when it is over.
 *
 * @param id unique in the vertical
 * @param type the expanded type of the entities that are watched
 * @param typeTerm its short name
 * @param tests all of which must hold
 * @param holdFor how long they must hold without a break; zero for at once
 * @param clear what must hold, while the tests do not, for the alert to be over; null when it is over as soon as the tests do not hold
 * @param category the field, in a word of the Smart Data Models' Alert
 * @param message what is told; {@code {term}} stands for the value of an attribute
 * @param placeholders the expanded names of the terms in the message
 * @param tell the names of those who are told, apart from everyone who looks at the pages
 */
public record RuleSpec(
        String id,
        LocalizedText title,
        String type,
        String typeTerm,
        List<RuleTest> tests,
        Duration holdFor,
        @Nullable Matches clear,
        Severity severity,
        String category,
        String subCategory,
        LocalizedText message,
        Map<String, String> placeholders,
        List<String> tell,
        List<RuleExample> examples) {
    public RuleSpec {
        tests = List.copyOf(tests);
        placeholders = Map.copyOf(placeholders);
        tell = List.copyOf(tell);
        examples = List.copyOf(examples);
        if (tests.isEmpty()) {
            throw new IllegalArgumentException("the rule " + id + " asks nothing");
        }
    }

    public Optional<Matches> findClear() {
        return Optional.ofNullable(clear);
    }
}
