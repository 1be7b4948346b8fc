package city.emona.portal.console;

import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.life.DoneOrder;
import city.emona.vertical.life.Order;
import city.emona.vertical.life.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says in the language of the page what an order would do, or what one did. */
final class PlanWords {
    private PlanWords() {}

    static PlanView view(Plan plan, Order order, List<LocalizedText> refusals, Language language) {
        return new PlanView(
                plan.hash(),
                plan.changes().stream()
                        .sorted(Comparator.comparing((Plan.Change change) -> change.effect())
                                .thenComparing(Plan.Change::kind)
                                .thenComparing(Plan.Change::id))
                        .map(change -> line(change, language))
                        .toList(),
                plan.notes().stream().map(language::pick).toList(),
                refusals.stream().map(language::pick).toList(),
                irreversible(plan, order, Texts.of(language)),
                !plan.isRefused());
    }

    private static PlanView.Line line(Plan.Change change, Language language) {
        String name = change.findTitle()
                .map(title -> language.pick(title) + " (" + change.id() + ")")
                .orElse(change.id());
        return new PlanView.Line(
                state(change.effect()),
                effect(change.effect(), language),
                kind(change.kind(), language),
                name,
                language.pick(change.seenBy()));
    }

    private static String state(Plan.Effect effect) {
        return switch (effect) {
            case CREATE -> "good";
            case CHANGE -> "watch";
            case DELETE -> "act";
            case KEEP -> "none";
        };
    }

    static String effect(Plan.Effect effect, Language language) {
        return Texts.of(language).text("console.effect." + effect.name().toLowerCase(Locale.ROOT));
    }

    /** What a kind of part is called; one that has no name in the catalogue stays as it is declared. */
    static String kind(String kind, Language language) {
        Texts texts = Texts.of(language);
        String key = "console.kind." + kind;
        return texts.has(key) ? texts.text(key) : kind;
    }

    /** What was done, in a sentence. */
    static String deed(DoneOrder done, Language language) {
        Texts texts = Texts.of(language);
        return switch (done.deed()) {
            case INSTALL -> texts.text("console.deed.install", done.to());
            case UPGRADE ->
                done.from().equals(done.to())
                        ? texts.text("console.deed.answers", done.to())
                        : texts.text("console.deed.upgrade", done.from(), done.to());
            case ROLLBACK -> texts.text("console.deed.rollback", done.from(), done.to());
            case REMOVE -> texts.text("console.deed.remove", done.from());
            case EDIT -> texts.text("console.deed.edit", done.to());
            case REVERT -> texts.text("console.deed.revert", done.to());
        };
    }

    /** A part of what was done. */
    static String part(DoneOrder.Part part, Language language) {
        return effect(part.effect(), language) + ": " + kind(part.kind(), language) + " " + part.id();
    }

    private static List<String> irreversible(Plan plan, Order order, Texts texts) {
        List<String> told = new ArrayList<>();
        boolean changesVersion = !plan.from().equals(plan.to());
        switch (plan.action()) {
            case INSTALL, UPGRADE -> {
                if (changesVersion) {
                    told.add(texts.text("console.irreversible.published", plan.to()));
                    if (!plan.from().isEmpty()) {
                        told.add(texts.text("console.irreversible.onlyBack", plan.from()));
                    }
                }
                if (order.edits() == Order.Edits.PACKAGE) {
                    told.add(texts.text("console.irreversible.edits"));
                }
            }
            case ROLLBACK -> {
                told.add(texts.text("console.irreversible.rollback", plan.from()));
                // the one thing noted of a roll-back is what becomes of migrated entities
                if (!plan.notes().isEmpty()) {
                    told.add(texts.text("console.irreversible.restore"));
                }
            }
            case REMOVE -> {
                told.add(texts.text("console.irreversible.remove"));
                if (order.entities() == Order.Entities.DELETE) {
                    told.add(texts.text("console.irreversible.delete"));
                }
            }
        }
        return told;
    }
}
