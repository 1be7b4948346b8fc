package city.emona.portal;

import java.util.List;

/**
 * That there are open alerts, in a few words that lead to them.
 *
 * @param text empty where there are none
 * @param state the style sheet's class: good, watch, act or none
 * @param alerts the most important ones in a sentence each
 */
public record AlertBadge(String text, String href, String state, List<Link> alerts) {
    /** No alerts. */
    static final AlertBadge NONE = new AlertBadge("", "", "none", List.of());

    public AlertBadge {
        alerts = List.copyOf(alerts);
    }

    public boolean isPresent() {
        return !text.isEmpty();
    }
}
