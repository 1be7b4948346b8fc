package city.emona.portal.console;

import java.util.List;

/**
 * What an order would do, as a page shows it.
 *
 * @param hash stands for exactly this plan
 * @param irreversible what cannot be taken back afterwards
 * @param isPossible whether it can be carried out as it is
 */
public record PlanView(
        String hash,
        List<Line> lines,
        List<String> notes,
        List<String> refusals,
        List<String> irreversible,
        boolean isPossible) {
    /**
     * One thing that happens.
     *
     * @param state the style sheet's class of what happens: good, watch, act or none
     * @param word what happens
     * @param kind the kind of part
     * @param name what people call the part
     */
    public record Line(String state, String word, String kind, String name, String seenBy) {}

    public PlanView {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
        refusals = List.copyOf(refusals);
        irreversible = List.copyOf(irreversible);
    }
}
