package city.emona.governance.council;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the beginning of a line says about the part that the line plays; slips of typing are forgiven. */
enum LetterMark {
    NUMBER,
    DATE,
    SUBJECT,
    ANSWER,
    GREETING,
    CLOSING;

    private static final Pattern LABEL = Pattern.compile(
            "^(\\p{L}+)(\\.?)(?:\\s+(?:zadeve|dokumenta))?\\s*(:?)\\s*[-–]?\\s*(.*)$", Pattern.CASE_INSENSITIVE);
    private static final List<String> GREETINGS =
            List.of("spostovana", "spostovani", "spostovane", "spostovan", "pozdravljeni", "pozdravljena");
    private static final List<String> CLOSINGS = List.of(
            "lep pozdrav",
            "lepo pozdravlj",
            "lepe pozdrave",
            "s spostovanjem",
            "z odlicnim spostovanjem",
            "z lepimi pozdravi",
            "s prijaznimi pozdravi",
            "s prijaznim pozdravom",
            "prijazen pozdrav",
            "s pozdravom",
            "s pozdravi");
    private static final int LONGEST_CLOSING = 60;
    private static final int LONGEST_TITLE = 250;

    /** A mark with what the line says behind it. */
    record Marked(LetterMark mark, String value) {}

    /** The label of a line in the head or under the signature. */
    static Optional<Marked> findLabel(String line) {
        Matcher matcher = LABEL.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String word = matcher.group(1);
        String value = matcher.group(4).strip();
        boolean sure = !matcher.group(3).isEmpty() || value.isEmpty();
        if (isNumberLabel(word, !matcher.group(2).isEmpty())
                && (sure || CaseNumber.find(value).isPresent())) {
            return Optional.of(new Marked(NUMBER, value));
        }
        if (Words.isAlmost(word, "datum") && (sure || SloveneDates.find(value).isPresent())) {
            return Optional.of(new Marked(DATE, value));
        }
        if (Words.isAlmost(word, "zadeva") && (sure || Words.fold(value).contains("odgovor"))) {
            return Optional.of(new Marked(SUBJECT, value));
        }
        return Optional.empty();
    }

    private static boolean isNumberLabel(String word, boolean isAbbreviated) {
        String folded = Words.fold(word);
        return Words.isAlmost(word, "stevilka")
                || folded.equals("sifra")
                || (isAbbreviated && (folded.equals("st") || folded.equals("stev")));
    }

    /** Whether a line is a heading that stands for the subject: »Odgovor na pobudo …«. */
    static boolean isAnswerTitle(String line) {
        return line.length() < LONGEST_TITLE && Words.fold(line).matches("odgovor(i)? (na|svetni|mestn).*");
    }

    static boolean isAnswerMark(String line) {
        String letters = line.replaceAll("[^\\p{L} ]", "").strip();
        return Words.isAlmost(letters, "odgovor") || Words.fold(letters).equals("odgovor mestne uprave");
    }

    static boolean isGreeting(String line) {
        String first = line.split("[\\s,!:]", 2)[0];
        return !first.isEmpty() && GREETINGS.stream().anyMatch(g -> Words.isAlmost(first, g));
    }

    static boolean isClosing(String line) {
        if (line.length() > LONGEST_CLOSING) {
            return false;
        }
        String folded = Words.fold(line).replaceAll("[^a-z ]", "").strip();
        return CLOSINGS.stream().anyMatch(c -> folded.startsWith(c) || Words.isAlmost(folded, c));
    }
}
