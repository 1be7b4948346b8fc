package city.emona.portal.console;

import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Question;
import city.emona.vertical.life.Order;
import city.emona.vertical.life.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The questions of a package as fields of a form. */
final class QuestionForm {
    /** What stands before the id of a question in the name of its field. */
    private static final String PREFIX = "answer-";

    private final Plan plan;
    private final Order order;
    private final boolean isFilledIn;
    private final Language language;

    /** @param isFilledIn whether the form was sent once */
    QuestionForm(Plan plan, Order order, boolean isFilledIn, Language language) {
        this.plan = plan;
        this.order = order;
        this.isFilledIn = isFilledIn;
        this.language = language;
    }

    /** What a form that was sent answers; what it has no field for stays as it was, and so does a secret that was left empty. */
    static Map<String, String> read(ConsoleForm form, Plan plan, Order order) {
        Map<String, String> answers = new HashMap<>(order.answers());
        for (Plan.Asked asked : plan.questions()) {
            Question question = asked.question();
            Optional<String> sent = form.fields().find(PREFIX + question.id()).map(String::strip);
            if (sent.isEmpty()) {
                continue;
            }
            String answer = sent.get();
            if (question.kind() == Question.Kind.SECRET) {
                if (!answer.isEmpty()) {
                    answers.put(question.id(), answer);
                }
            } else if (question.findOtherwise().filter(answer::equals).isPresent()) {
                answers.put(question.id(), "");
            } else {
                answers.put(question.id(), question.kind() == Question.Kind.NUMBER ? answer.replace(',', '.') : answer);
            }
        }
        return answers;
    }

    List<FieldView> fields() {
        return plan.questions().stream().map(this::field).toList();
    }

    /** Why the plan will not be carried out, apart from what is said beside the fields. */
    List<LocalizedText> otherRefusals() {
        Set<LocalizedText> beside = new HashSet<>();
        for (Plan.Asked asked : plan.questions()) {
            beside.add(Plan.Asked.missing(asked.question()));
            findFault(asked).ifPresent(beside::add);
        }
        return plan.refusals().stream()
                .filter(refusal -> !beside.contains(refusal))
                .toList();
    }

    private Optional<LocalizedText> findFault(Plan.Asked asked) {
        Question question = asked.question();
        boolean mayBeEmpty = !question.required() || question.findOtherwise().isPresent();
        return Optional.ofNullable(order.answers().get(question.id()))
                .filter(given -> !given.isEmpty() || !mayBeEmpty)
                .flatMap(question::findFault);
    }

    private String error(Plan.Asked asked) {
        Optional<LocalizedText> fault = findFault(asked);
        if (fault.isPresent()) {
            return language.pick(fault.get());
        }
        return isFilledIn && asked.question().required() && !asked.isAnswered()
                ? Texts.of(language).text("console.question.missing")
                : "";
    }

    private FieldView field(Plan.Asked asked) {
        Question question = asked.question();
        Texts texts = Texts.of(language);
        boolean isSecret = question.kind() == Question.Kind.SECRET;
        String given = order.answers().getOrDefault(question.id(), "");
        String value = isSecret ? "" : given.isEmpty() ? asked.findAnswer().orElse("") : given;
        String hint = isSecret && asked.isAnswered() ? texts.text("console.question.secretSet") : "";
        return new FieldView(
                PREFIX + question.id(),
                language.pick(question.title()),
                help(question),
                input(question.kind()),
                value,
                options(question, value),
                bounds(question),
                hint,
                question.required(),
                question.kind() == Question.Kind.TIMEZONE,
                error(asked));
    }

    /** Where the answer is found, and between which bounds a number lies. */
    private String help(Question question) {
        List<String> parts = new ArrayList<>();
        question.findHelp().ifPresent(help -> parts.add(language.pick(help)));
        Texts texts = Texts.of(language);
        question.findLeast().ifPresent(least -> parts.add(texts.text("console.question.least", shown(least))));
        question.findMost().ifPresent(most -> parts.add(texts.text("console.question.most", shown(most))));
        if (question.kind() == Question.Kind.TIMEZONE) {
            parts.add(texts.text("console.question.timezone"));
        }
        return String.join(" ", parts);
    }

    private String shown(double bound) {
        return Question.plain(bound, language == Language.SLOVENE ? ',' : '.');
    }

    private static Map<String, String> bounds(Question question) {
        Map<String, String> bounds = new HashMap<>();
        question.findLeast().ifPresent(least -> bounds.put("min", Question.plain(least, '.')));
        question.findMost().ifPresent(most -> bounds.put("max", Question.plain(most, '.')));
        return bounds;
    }

    private static String input(Question.Kind kind) {
        return switch (kind) {
            case TEXT, TIMEZONE -> "text";
            case NUMBER -> "number";
            case SECRET -> "password";
            case ADDRESS -> "url";
            case BOOLEAN, CHOICE -> "";
        };
    }

    private List<FieldView.Option> options(Question question, String value) {
        Texts texts = Texts.of(language);
        List<FieldView.Option> options = new ArrayList<>();
        if (!input(question.kind()).isEmpty()) {
            return options;
        }
        if (value.isEmpty() || !question.required()) {
            options.add(new FieldView.Option("", texts.text("console.question.none"), value.isEmpty()));
        }
        if (question.kind() == Question.Kind.BOOLEAN) {
            options.add(new FieldView.Option("true", texts.text("console.yes"), value.equals("true")));
            options.add(new FieldView.Option("false", texts.text("console.no"), value.equals("false")));
        }
        question.choices()
                .forEach(choice -> options.add(new FieldView.Option(
                        choice.value(), language.pick(choice.title()), value.equals(choice.value()))));
        return options;
    }
}
