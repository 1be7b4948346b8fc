package city.emona.vertical;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A story that proves a rule: what happens when, and which alerts come of it. It begins at a time of its own, so it takes no time to run.
 *
 * @param name a sentence
 * @param steps in the order of time
 * @param expected every alert that is raised or cleared, in the order of time
 * @param until when the story ends
 */
public record RuleExample(String name, List<Step> steps, List<Expectation> expected, Duration until) {
    public RuleExample {
        steps = List.copyOf(steps);
        expected = List.copyOf(expected);
    }

    /**
     * What an entity says at a time.
     *
     * @param at since the beginning
     * @param entity the entity's name in the story
     * @param type the short name of its type
     * @param set values by the terms of attributes, as they stand in the description: JSON, or text
     * @param removed whether the entity is deleted
     */
    public record Step(Duration at, String entity, String type, Map<String, String> set, boolean removed) {
        public Step {
            set = Map.copyOf(set);
        }
    }

    /** That an alert about an entity is raised, or cleared, at a time. */
    public record Expectation(Duration at, String entity, boolean raised) {
        @Override
        public String toString() {
            return "+" + at.toString().substring(2).toLowerCase(java.util.Locale.ROOT) + " "
                    + (raised ? "raised" : "cleared") + " " + entity;
        }
    }
}
