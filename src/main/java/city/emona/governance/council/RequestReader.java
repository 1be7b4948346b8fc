package city.emona.governance.council;

import city.emona.governance.council.SloveneDates.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what was asked, and at which session, from the sentences that lead to an answer. */
final class RequestReader {
    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.CASE_INSENSITIVE;
    private static final List<String> ORDINALS = List.of(
            "prv",
            "drug",
            "tretj",
            "četrt",
            "pet",
            "šest",
            "sedm",
            "osm",
            "devet",
            "deset",
            "enajst",
            "dvanajst",
            "trinajst",
            "štirinajst",
            "petnajst",
            "šestnajst",
            "sedemnajst",
            "osemnajst",
            "devetnajst",
            "dvajset");
    private static final Pattern SESSION = Pattern.compile(
            "(?:\\b(?<number>\\d{1,3})\\s?\\.\\s*|\\b(?<word>" + String.join("|", ORDINALS)
                    + ")(?:i|a|e)\\s+)?(?<kind>redn\\p{L}+|izredn\\p{L}+|dopisn\\p{L}+|slavnostn\\p{L}+)?\\s*\\bsej[aei]\\b",
            FLAGS);
    private static final String ASKED = "(?:podal|postavil|zastavil|vložil|naslovil|dal|predlagal)(?:a|i|e|o)?";
    private static final String NOUN = "(?<noun>pobud[aoei]|vprašanj[aeiu])";
    private static final String ORAL =
            "(?<oral>\\s+z zahtevo (?:za|po) ustn\\p{L}+ (?:predstavitev|predstavitvi|obrazložitev))?";
    private static final Pattern ASKED_FIRST = Pattern.compile(
            "\\b" + ASKED + "\\b[^.:]{0,60}?\\b" + NOUN + "\\b" + ORAL + "(?<rest>.*)$", FLAGS | Pattern.DOTALL);
    private static final Pattern NOUN_FIRST = Pattern.compile(
            "\\b" + NOUN + "\\b" + ORAL + "(?<rest>.*?)\\s+(?:je|sta|so|ste)\\s+(?:\\S+\\s+){0,12}?" + ASKED + "\\b",
            FLAGS | Pattern.DOTALL);
    private static final Pattern SUBJECT_NOUN =
            Pattern.compile("\\b" + NOUN + "\\b" + ORAL + "(?<rest>.*)$", FLAGS | Pattern.DOTALL);
    private static final Pattern TOPIC = Pattern.compile(
            "\\b(?:glede|v zvezi s|v zvezi z|o|za)\\s+.+$|(?<=\\s[-–—]\\s).+$|(?<=:\\s).+$",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SENTENCE_END = Pattern.compile(
            "(?<!\\b(?:oz|št|npr|itd|mag|dr|sv|ul|ga|g|t\\.\\s?i|d|o|čl|prof))(?<!\\d)[.?!](?=\\s+[\\p{Lu}»\"]|\\s*$)",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final int FAR = 120;

    private RequestReader() {}

    /**
     * What was asked.
     *
     * @param kind null when the letter uses both words, or none
     * @param about what it is about, as the letter puts it; null when the letter does not say
     */
    record Asked(@Nullable InitiativeKind kind, @Nullable String about) {}

    /**
     * The session, from the first paragraph that names one.
     *
     * @param dateText the session's day as it is written, also where the calendar does not have it; empty for none
     */
    record Session(SessionReference reference, String dateText) {}

    static Optional<Session> findSession(List<String> paragraphs) {
        for (String paragraph : paragraphs) {
            Matcher matcher = SESSION.matcher(paragraph);
            if (matcher.find()) {
                Optional<Found> date = nearestDate(paragraph, matcher.start(), matcher.end());
                String kind = Optional.ofNullable(matcher.group("kind")).orElse("");
                return Optional.of(new Session(
                        new SessionReference(
                                sessionNumber(matcher),
                                kind.toLowerCase(Locale.ROOT).startsWith("izredn"),
                                date.map(Found::date).orElse(null)),
                        date.map(Found::text).orElse("")));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Integer sessionNumber(Matcher matcher) {
        if (matcher.group("number") != null) {
            return Integer.valueOf(matcher.group("number"));
        }
        String word = matcher.group("word");
        return word == null ? null : Integer.valueOf(ORDINALS.indexOf(word.toLowerCase(Locale.ROOT)) + 1);
    }

    private static Optional<Found> nearestDate(String paragraph, int start, int end) {
        return SloveneDates.all(paragraph).stream()
                .filter(d -> distance(d, start, end) < FAR)
                .min(Comparator.comparingInt(d -> distance(d, start, end)));
    }

    private static int distance(Found date, int start, int end) {
        return date.start() >= end ? date.start() - end : 2 * Math.max(0, start - date.end());
    }

    static Asked read(List<String> paragraphs, @Nullable String subject) {
        Asked inSubject = subject == null ? new Asked(null, null) : fromSubject(subject);
        for (int i = 0; i < paragraphs.size(); i++) {
            Matcher asked = ASKED_FIRST.matcher(paragraphs.get(i));
            Matcher matcher = asked.find() ? asked : NOUN_FIRST.matcher(paragraphs.get(i));
            if (asked.hasMatch() || matcher.find()) {
                String about = about(matcher.group("rest"));
                if (about.isEmpty()
                        && i + 1 < paragraphs.size()
                        && paragraphs.get(i).endsWith(":")) {
                    about = unquoted(paragraphs.get(i + 1));
                }
                return new Asked(kind(matcher), about.isEmpty() ? inSubject.about() : about);
            }
        }
        return inSubject;
    }

    private static Asked fromSubject(String subject) {
        Matcher matcher = SUBJECT_NOUN.matcher(subject);
        if (!matcher.find()) {
            return new Asked(null, null);
        }
        String folded = Words.fold(subject);
        boolean both = folded.contains("pobud") && folded.contains("vprasanj");
        Matcher topic = TOPIC.matcher(matcher.group("rest"));
        return new Asked(both ? null : kind(matcher), topic.find() ? about(topic.group()) : null);
    }

    private static InitiativeKind kind(Matcher matcher) {
        if (matcher.group("noun").toLowerCase(Locale.ROOT).startsWith("pobud")) {
            return InitiativeKind.INITIATIVE;
        }
        return matcher.group("oral") == null ? InitiativeKind.QUESTION : InitiativeKind.ORAL_QUESTION;
    }

    private static String about(String rest) {
        Matcher end = SENTENCE_END.matcher(rest);
        String sentence = end.find() ? rest.substring(0, end.start()) : rest;
        return unquoted(sentence.replaceFirst("^[\\s,:–—-]+", "").replaceFirst("[\\s:;,]+$", ""));
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.matches("(?s)»[^«]*«|\"[^\"]*\"|„[^“]*“");
        return isQuoted ? text.substring(1, text.length() - 1).strip() : text.strip();
    }
}
