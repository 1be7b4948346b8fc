package city.emona.app;

import city.emona.broker.UpsertCounts;
import city.emona.governance.council.AnswerLetter;
import city.emona.governance.council.Author;
import city.emona.governance.council.Author.CouncilGroup;
import city.emona.governance.council.Author.Councillor;
import city.emona.governance.council.CaseNumber;
import city.emona.governance.council.MissingPart;
import city.emona.governance.council.SessionReference;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was recognised in an answer letter, as a small table. */
final class LetterReport {
    private static final int TITLE_WIDTH = 12;
    private static final int TEXT_WIDTH = 100;

    private final List<String> lines = new ArrayList<>();

    private LetterReport() {}

    /** Prints what a letter says, what it lacks, and where it went. */
    static void print(AnswerLetter letter, UpsertCounts counts, String page, PrintStream out) {
        LetterReport report = new LetterReport();
        report.parts(letter);
        report.missing(letter.missing());
        report.line("stored", stored(counts));
        report.line("page", page);
        report.lines.forEach(out::println);
    }

    private void parts(AnswerLetter letter) {
        line("number", letter.caseNumber() == null ? null : number(letter.caseNumber()));
        line("date", letter.date() == null ? null : letter.date().toString());
        line("unit", letter.sender().unit());
        line("subject", letter.subject());
        line("asked by", letter.authors().stream().map(LetterReport::author).collect(Collectors.joining("; ")));
        line("session", letter.session() == null ? null : session(letter.session()));
        line("kind", letter.kind() == null ? null : letter.kind().code());
        line("about", letter.proposal());
        line("signed by", signature(letter));
        letter.daysToAnswer().ifPresent(days -> line("answered", "after " + days + (days == 1 ? " day" : " days")));
        int words = String.join(" ", letter.body()).split("\\s+").length;
        line("text", letter.body().size() + " paragraphs, " + words + " words");
    }

    private void line(String title, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            String shown = value.length() > TEXT_WIDTH ? value.substring(0, TEXT_WIDTH - 1) + "…" : value;
            lines.add(String.format("  %-" + TITLE_WIDTH + "s%s", title, shown));
        }
    }

    private static String number(CaseNumber number) {
        String document = number.documentSequence() == null ? "" : ", document " + number.documentSequence();
        return number.text() + "  (classification " + number.classification() + ", case " + number.caseSequence()
                + ", year " + number.year() + document + ")";
    }

    private static String author(Author author) {
        String role =
                switch (author) {
                    case Councillor councillor ->
                        Optional.ofNullable(councillor.gender())
                                .map(g -> g == Author.Gender.FEMALE ? " (councillor, a woman" : " (councillor, a man")
                                .orElse(" (councillor");
                    case CouncilGroup _ -> " (council group";
                };
        return author.text() + role + (author.isDerived() ? "; nominative worked out)" : ")");
    }

    private static String session(SessionReference session) {
        String number = session.number() == null ? "number not known" : "no. " + session.number();
        String kind = session.isExtraordinary() ? ", extraordinary" : "";
        return number + kind + (session.date() == null ? "" : ", " + session.date());
    }

    private static @Nullable String signature(AnswerLetter letter) {
        if (letter.signer() == null) {
            return letter.signerFunction();
        }
        String function = letter.signerFunction();
        return letter.signer().text() + (function == null ? "" : ", " + function);
    }

    private void missing(List<MissingPart> missing) {
        if (missing.isEmpty()) {
            line("missing", "nothing");
        }
        for (int i = 0; i < missing.size(); i++) {
            line(i == 0 ? "missing" : "", missing.get(i).part().title() + ": " + reason(missing.get(i)));
        }
    }

    private static String reason(MissingPart missing) {
        return switch (missing.reason()) {
            case ABSENT -> "looked for " + missing.part().lookedFor();
            case UNREADABLE -> "the letter says »" + missing.found() + "«, which cannot be read";
            case CONTRADICTORY -> "the letter says »" + missing.found() + "«, which is after the day of the answer";
        };
    }

    private static String stored(UpsertCounts counts) {
        if (counts.created() + counts.updated() == 0) {
            return "nothing new; the same letter is there already";
        }
        return counts.created() + " new, " + counts.updated() + " changed, " + counts.unchanged() + " as they were";
    }
}
