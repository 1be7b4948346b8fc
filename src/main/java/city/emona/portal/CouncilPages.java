package city.emona.portal;

import city.emona.governance.council.CaseNumber;
import city.emona.governance.council.CouncilRegister;
import city.emona.governance.council.CouncilVocabulary;
import city.emona.governance.council.InitiativeStory;
import city.emona.governance.council.InitiativeStory.Answer;
import city.emona.governance.council.InitiativeStory.Party;
import city.emona.governance.council.LetterPart;
import city.emona.governance.council.MissingPart;
import city.emona.governance.council.SessionReference;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.CouncilStoryView.AnswerView;
import city.emona.portal.CouncilStoryView.ApiCommand;
import city.emona.portal.CouncilStoryView.Fact;
import city.emona.portal.CouncilStoryView.Line;
import city.emona.portal.CouncilStoryView.Step;
import city.emona.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The register of the city council, and the story of each initiative and question from the session to the answer. */
final class CouncilPages {
    /** Where the register is, without a language. */
    static final String PATH = "/council";

    private static final String DASH = "–";
    private static final String FOLLOWED =
            Follows.types(List.of(CouncilVocabulary.INITIATIVE, CouncilVocabulary.ANSWER));

    private final Desk desk;
    private final CouncilRegister register;

    CouncilPages(Desk desk, CouncilRegister register) {
        this.desk = desk;
        this.register = register;
    }

    /** The register. */
    Response list(Request request, Language language) {
        List<InitiativeStory> stories = register.list();
        Texts texts = Texts.of(language);
        Page page = desk.page(language, PATH, texts.text("council.title"), texts.text("council.description"), FOLLOWED);
        List<CouncilRow> rows = stories.stream().map(s -> row(language, s)).toList();
        return Templates.page(
                200, "council", Map.of("page", page, "rows", rows, "summary", summary(language, stories)));
    }

    private static String summary(Language language, List<InitiativeStory> stories) {
        long answered = stories.stream().filter(s -> !s.answers().isEmpty()).count();
        Format format = Format.of(language);
        String count = format.count(stories.size(), "council.count");
        return answered == stories.size()
                ? Texts.of(language).text("council.summary.all", count)
                : Texts.of(language).text("council.summary.some", count, format.number(answered));
    }

    private static CouncilRow row(Language language, InitiativeStory story) {
        CouncilWords words = new CouncilWords(language);
        Format format = Format.of(language);
        String authors = story.authors().stream().map(Party::name).collect(Collectors.joining(", "));
        String session = story.session() == null ? "" : words.session(story.session());
        Optional<Answer> answer = story.findFirstAnswer();
        return new CouncilRow(
                language.href(PATH + "/" + story.localId()),
                story.title(),
                story.isDemo(),
                joined(authors, session, answer.map(a -> name(a.unit())).orElse("")),
                answer.map(a -> number(a.caseNumber())).orElse(""),
                state(story),
                words.state(story),
                story.findRaisedOn().map(format::date).orElse(DASH),
                answered(language, answer));
    }

    private static String answered(Language language, Optional<Answer> answer) {
        String unknown = answer.isPresent() ? Texts.of(language).text("value.unknown") : DASH;
        return answer.flatMap(a -> Optional.ofNullable(a.date()))
                .map(Format.of(language)::date)
                .orElse(unknown);
    }

    private static String joined(String... parts) {
        return List.of(parts).stream().filter(p -> !p.isEmpty()).collect(Collectors.joining(" · "));
    }

    private static String state(InitiativeStory story) {
        return story.answers().isEmpty() ? "none" : "good";
    }

    private static String name(@Nullable Party party) {
        return party == null ? "" : party.name();
    }

    private static String number(@Nullable CaseNumber number) {
        return number == null ? "" : number.text();
    }

    /** One initiative or question; an address with the number of an answer leads to it. */
    Response story(Request request, Language language) {
        String id = request.parameter("id");
        Optional<InitiativeStory> story = register.find(id);
        if (story.isEmpty()) {
            return register.findInitiativeOfAnswer(id)
                    .map(initiative -> Response.seeOther(language.href(PATH + "/" + initiative)))
                    .orElseThrow(() -> Problem.notFound("The register of the council has no entry »" + id + "«."));
        }
        CouncilWords words = new CouncilWords(language);
        Page page = desk.page(language, PATH + "/" + id, story.get().title(), words.summary(story.get()), FOLLOWED);
        return Templates.page(
                200, "council-story", Map.of("page", page, "story", view(language, story.get(), request)));
    }

    private static CouncilStoryView view(Language language, InitiativeStory story, Request request) {
        CouncilWords words = new CouncilWords(language);
        return new CouncilStoryView(
                words.kind(story.kind()),
                story.title(),
                story.isDemo(),
                words.summary(story),
                state(story),
                words.state(story),
                steps(language, story),
                story.answers().stream().map(a -> answer(language, a)).toList(),
                commands(language, story, request));
    }

    private static List<Step> steps(Language language, InitiativeStory story) {
        CouncilWords words = new CouncilWords(language);
        List<Step> steps = new ArrayList<>();
        steps.add(sessionStep(language, story));
        for (Answer answer : story.answers()) {
            answer.days().ifPresent(days -> steps.add(new Step(true, "", "", words.between(days), List.of(), "")));
            steps.add(answerStep(language, answer));
        }
        if (story.answers().isEmpty()) {
            steps.add(new Step(true, "", "", words.state(story), List.of(), ""));
        }
        return steps;
    }

    private static Step sessionStep(Language language, InitiativeStory story) {
        CouncilWords words = new CouncilWords(language);
        SessionReference session = story.session();
        List<Line> lines = new ArrayList<>();
        for (Party author : story.authors()) {
            String role = words.role(author);
            String derived = Texts.of(language).text("council.derived");
            lines.add(new Line(author.name(), author.isNameDerived() ? joined(role, derived) : role));
        }
        String title = session == null ? Texts.of(language).text("council.session.unknown") : words.session(session);
        List<MissingPart> missing = story.findFirstAnswer().map(Answer::missing).orElse(List.of());
        return new Step(
                false,
                story.findRaisedOn().map(Format.of(language)::date).orElse(unknownDay(language)),
                story.findRaisedOn().map(LocalDate::toString).orElse(""),
                title,
                lines,
                note(words, missing, LetterPart.SESSION_NUMBER, LetterPart.SESSION_DATE, LetterPart.AUTHOR));
    }

    private static Step answerStep(Language language, Answer answer) {
        CouncilWords words = new CouncilWords(language);
        List<Line> lines = new ArrayList<>();
        if (answer.unit() != null) {
            lines.add(new Line(answer.unit().name(), ""));
        }
        if (answer.signer() != null) {
            lines.add(new Line(answer.signer().name(), answer.signerFunction()));
        }
        String number = number(answer.caseNumber());
        return new Step(
                false,
                answer.date() == null
                        ? unknownDay(language)
                        : Format.of(language).date(answer.date()),
                answer.date() == null ? "" : answer.date().toString(),
                (Texts.of(language).text("council.answer") + " " + number).strip(),
                lines,
                note(words, answer.missing(), LetterPart.DATE, LetterPart.CASE_NUMBER, LetterPart.SIGNER));
    }

    private static String unknownDay(Language language) {
        return Texts.of(language).text("council.day.unknown");
    }

    private static String note(CouncilWords words, List<MissingPart> missing, LetterPart... parts) {
        List<LetterPart> asked = List.of(parts);
        return missing.stream()
                .filter(m -> asked.contains(m.part()))
                .map(words::reason)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static AnswerView answer(Language language, Answer answer) {
        CouncilWords words = new CouncilWords(language);
        return new AnswerView(
                answer.localId(),
                number(answer.caseNumber()),
                numberParts(language, answer.caseNumber()),
                answer.date() == null ? "" : Format.of(language).date(answer.date()),
                answer.date() == null ? "" : answer.date().toString(),
                name(answer.unit()),
                answer.subject(),
                answer.signer() == null ? "" : joinedByComma(answer.signer().name(), answer.signerFunction()),
                answer.language(),
                answer.letter(),
                answer.missing().stream()
                        .map(m -> new Fact(words.part(m), words.reason(m)))
                        .toList());
    }

    private static String joinedByComma(String name, String function) {
        return function.isEmpty() ? name : name + ", " + function;
    }

    private static List<Fact> numberParts(Language language, @Nullable CaseNumber number) {
        if (number == null) {
            return List.of();
        }
        Texts texts = Texts.of(language);
        List<Fact> parts = new ArrayList<>();
        parts.add(new Fact(texts.text("council.number.classification"), number.classification()));
        parts.add(new Fact(texts.text("council.number.case"), Integer.toString(number.caseSequence())));
        parts.add(new Fact(texts.text("council.number.year"), Integer.toString(number.year())));
        if (number.documentSequence() != null) {
            parts.add(new Fact(texts.text("council.number.document"), Integer.toString(number.documentSequence())));
        }
        return parts;
    }

    private static List<ApiCommand> commands(Language language, InitiativeStory story, Request request) {
        Texts texts = Texts.of(language);
        String base = "http://" + request.header("Host").orElse("localhost");
        String entities = base + "/ngsi-ld/v1/entities";
        List<ApiCommand> commands = new ArrayList<>();
        commands.add(new ApiCommand(texts.text("council.api.initiative"), curl(base, entities + "/" + story.id())));
        for (Answer answer : story.answers()) {
            commands.add(new ApiCommand(texts.text("council.api.answer"), curl(base, entities + "/" + answer.id())));
        }
        commands.add(new ApiCommand(texts.text("council.api.all"), curl(base, entities + "?type=Answer&limit=100")));
        return commands;
    }

    private static String curl(String base, String address) {
        return "curl -H 'Link: <" + base + CouncilVocabulary.CONTEXT_PATH
                + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"' \\\n  '" + address
                + "'";
    }
}
