package city.emona.governance.council;

import city.emona.governance.council.LetterBlock.Line;
import city.emona.governance.council.LetterBlock.Role;
import city.emona.governance.council.MissingPart.Reason;
import city.emona.governance.council.RequestReader.Asked;
import city.emona.governance.council.RequestReader.Session;
import city.emona.governance.council.SignatureReader.Signature;
import city.emona.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the city's answers to councillors, as Markdown or plain text: any order of the lines of the head, typing slips in its labels, bold
 * or not, wrapped or not. A part that the letter lacks is marked as missing; a text that is no such letter is refused.
 */
public final class AnswerLetterParser {
    /** How many of the marks of a letter must be there beside the answer to a councillor itself. */
    private static final int ENOUGH_MARKS = 3;

    /** A letter may repeat in its first paragraphs what was asked. */
    private static final int LEADING_PARAGRAPHS = 3;

    private static final Set<LetterPart> MARKS = EnumSet.of(
            LetterPart.CASE_NUMBER,
            LetterPart.DATE,
            LetterPart.SUBJECT,
            LetterPart.SESSION_NUMBER,
            LetterPart.GREETING,
            LetterPart.CLOSING);

    private final String text;
    private final List<LetterBlock> blocks;
    private final List<MissingPart> missing = new ArrayList<>();

    private AnswerLetterParser(String text) {
        this.text = text;
        this.blocks = LetterLayout.read(text);
    }

    /**
     * Reads a letter from the bytes of a file in UTF-8, UTF-16 or windows-1250.
     *
     * @throws Problem of type InvalidRequest when the file is no text, or no such letter
     */
    public static AnswerLetter parse(byte[] file) {
        return parse(LetterText.decode(file));
    }

    /**
     * Reads a letter.
     *
     * @throws Problem of type InvalidRequest when the text is no such letter, with what was looked for and not found
     */
    public static AnswerLetter parse(String text) {
        return new AnswerLetterParser(text).read();
    }

    private AnswerLetter read() {
        Sender sender = sender();
        CaseNumber caseNumber = caseNumber();
        LocalDate date = date();
        List<String> addressee = lines(Role.ADDRESSEE);
        need(LetterPart.ADDRESSEE, !addressee.isEmpty());
        String subject = first(Role.SUBJECT)
                .map(l -> LetterMark.findLabel(l).map(LetterMark.Marked::value).orElse(l))
                .orElse(null);
        need(LetterPart.SUBJECT, subject != null);
        String greeting = first(Role.GREETING).orElse(null);
        List<String> body = paragraphs(Role.BODY);
        List<String> introduction = paragraphs(Role.INTRODUCTION);
        List<String> leading = new ArrayList<>(introduction);
        leading.addAll(body.subList(0, Math.min(LEADING_PARAGRAPHS, body.size())));
        List<Author> authors = AuthorReader.read(leading, greeting, addressee, subject);
        need(LetterPart.AUTHOR, !authors.isEmpty());
        SessionReference session = session(leading, subject, date);
        Asked asked = RequestReader.read(leading, subject);
        needKind(asked, subject);
        need(LetterPart.PROPOSAL, asked.about() != null);
        need(LetterPart.GREETING, greeting != null);
        need(LetterPart.BODY, !body.isEmpty());
        String closing = first(Role.CLOSING).orElse(null);
        need(LetterPart.CLOSING, closing != null);
        Signature signature = SignatureReader.read(lines(Role.SIGNATURE));
        need(LetterPart.SIGNER, signature.name() != null);
        need(LetterPart.FUNCTION, signature.function() != null);
        refuseOtherTexts(subject, introduction, !authors.isEmpty());
        return new AnswerLetter(
                sender,
                caseNumber,
                date,
                addressee,
                subject,
                authors,
                session,
                asked.kind(),
                asked.about(),
                introduction,
                greeting,
                body,
                closing,
                signature.name(),
                signature.function(),
                missing,
                blocks,
                text);
    }

    private void need(LetterPart part, boolean isThere) {
        if (!isThere) {
            missing.add(MissingPart.absent(part));
        }
    }

    private Sender sender() {
        Sender sender = SenderReader.read(lines(Role.SENDER));
        need(LetterPart.MUNICIPALITY, sender.municipality() != null);
        need(LetterPart.UNIT, sender.unit() != null);
        need(LetterPart.ADDRESS, sender.address() != null);
        need(LetterPart.CONTACTS, sender.hasContact());
        return sender;
    }

    private @Nullable CaseNumber caseNumber() {
        Optional<String> line = first(Role.NUMBER);
        Optional<CaseNumber> number = line.flatMap(CaseNumber::find);
        if (number.isEmpty()) {
            String found = line.map(AnswerLetterParser::value).orElse("");
            missing.add(
                    found.isEmpty()
                            ? MissingPart.absent(LetterPart.CASE_NUMBER)
                            : MissingPart.unreadable(LetterPart.CASE_NUMBER, found));
        } else {
            need(LetterPart.DOCUMENT_NUMBER, number.get().documentSequence() != null);
        }
        return number.orElse(null);
    }

    private @Nullable LocalDate date() {
        Optional<String> line = first(Role.DATE);
        Optional<LocalDate> date = line.flatMap(SloveneDates::find).flatMap(d -> Optional.ofNullable(d.date()));
        if (date.isEmpty()) {
            String found = line.map(AnswerLetterParser::value).orElse("");
            missing.add(
                    found.isEmpty()
                            ? MissingPart.absent(LetterPart.DATE)
                            : MissingPart.unreadable(LetterPart.DATE, found));
        }
        return date.orElse(null);
    }

    private static String value(String line) {
        return LetterMark.findLabel(line).map(LetterMark.Marked::value).orElse(line);
    }

    private @Nullable SessionReference session(
            List<String> leading, @Nullable String subject, @Nullable LocalDate answered) {
        List<String> places = new ArrayList<>(leading);
        Optional.ofNullable(subject).ifPresent(places::add);
        Optional<Session> session = RequestReader.findSession(places);
        need(
                LetterPart.SESSION_NUMBER,
                session.filter(s -> s.reference().number() != null).isPresent());
        if (session.isEmpty()) {
            missing.add(MissingPart.absent(LetterPart.SESSION_DATE));
            return null;
        }
        LocalDate date = session.get().reference().date();
        String written = session.get().dateText();
        if (date == null) {
            missing.add(
                    written.isEmpty()
                            ? MissingPart.absent(LetterPart.SESSION_DATE)
                            : MissingPart.unreadable(LetterPart.SESSION_DATE, written));
        } else if (answered != null && answered.isBefore(date)) {
            missing.add(new MissingPart(LetterPart.SESSION_DATE, Reason.CONTRADICTORY, written));
        }
        return session.get().reference();
    }

    private void needKind(Asked asked, @Nullable String subject) {
        if (asked.kind() == null) {
            boolean names = subject != null && Words.fold(subject).matches(".*(pobud|vprasanj).*");
            missing.add(
                    names && subject != null
                            ? MissingPart.unreadable(LetterPart.KIND, subject)
                            : MissingPart.absent(LetterPart.KIND));
        }
    }

    private void refuseOtherTexts(@Nullable String subject, List<String> introduction, boolean hasAuthor) {
        List<String> lacking = new ArrayList<>();
        boolean answers = (subject != null && Words.fold(subject).contains("odgovor")) || has(Role.ANSWER_MARK);
        if (!answers) {
            lacking.add("the word »odgovor« in the subject or on a line of its own");
        }
        String context = Words.fold((subject == null ? "" : subject) + " " + String.join(" ", introduction) + " "
                + String.join(" ", leadingBody()));
        if (!context.matches("(?s).*\\b(pobud|vprasanj).*")) {
            lacking.add("the word »vprašanje« or »pobuda«");
        }
        if (!hasAuthor && !context.matches("(?s).*\\bsvetni(k|c|sk).*")) {
            lacking.add("a councillor (svetnik, svetnica) or a council group (svetniški klub)");
        }
        List<LetterPart> absent = MARKS.stream().filter(this::isAbsent).toList();
        if (lacking.isEmpty() && MARKS.size() - absent.size() >= ENOUGH_MARKS) {
            return;
        }
        absent.forEach(part -> lacking.add(part.lookedFor()));
        throw Problem.invalidRequest(
                "The text is not an answer to a councillor: looked for and did not find "
                        + lacking.stream().collect(Collectors.joining("; ")) + ".",
                "Give a letter in which the city answers a councillor's initiative or question.");
    }

    private boolean isAbsent(LetterPart part) {
        return missing.stream().anyMatch(m -> m.part() == part && m.reason() == Reason.ABSENT);
    }

    private List<String> leadingBody() {
        List<String> body = paragraphs(Role.BODY);
        return body.subList(0, Math.min(LEADING_PARAGRAPHS, body.size()));
    }

    private boolean has(Role role) {
        return blocks.stream().anyMatch(b -> b.role() == role);
    }

    private Optional<String> first(Role role) {
        return paragraphs(role).stream().findFirst();
    }

    private List<String> paragraphs(Role role) {
        return blocks.stream()
                .filter(b -> b.role() == role)
                .map(LetterBlock::text)
                .toList();
    }

    private List<String> lines(Role role) {
        return blocks.stream()
                .filter(b -> b.role() == role)
                .flatMap(b -> b.lines().stream())
                .map(Line::text)
                .toList();
    }
}
