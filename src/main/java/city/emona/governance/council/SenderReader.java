package city.emona.governance.council;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who sends a letter from the lines of its head. */
final class SenderReader {
    private static final Pattern MUNICIPALITY = Pattern.compile("(?iu)^(?:mestna\\s+)?občina(?:\\s+\\p{L}.*)?$");
    private static final Pattern ADMINISTRATION = Pattern.compile("(?iu)^(?:mestna|občinska)\\s+uprava$");
    private static final Pattern UNIT = Pattern.compile(
            "(?iu)^(?:služba|oddelek|kabinet|sekretariat|odsek|referat|urad|center|direktorat|mestno redarstvo|mestni inšpektorat|inšpektorat|zavod|javni|župan|podžupan)\\b.*",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ADDRESS = Pattern.compile(
            "((?:\\p{L}[^\\n;|]*?\\d+\\s?\\p{L}?\\s*[,\\n]\\s*(?:p\\.\\s*p\\.\\s*\\d+\\s*,\\s*)?)?\\b(?:SI-)?[1-9]\\d{3}\\s+\\p{Lu}\\p{L}+(?:[ -]\\p{L}{2,})*)");
    private static final Pattern PHONE = Pattern.compile(
            "(?iu)(?:\\bt|\\btel|\\btelefon)\\.?\\s*:?\\s*(\\+?[(\\d][\\d\\s()/.-]{6,}\\d)|^(\\+?[(\\d][\\d ()/-]{7,}\\d)$",
            Pattern.MULTILINE);
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern WEB = Pattern.compile("(?iu)\\b(?:https?://|www\\.)[^\\s,;<>]+[^\\s,;<>.]");

    private SenderReader() {}

    static Sender read(List<String> lines) {
        String text = String.join("\n", lines);
        return new Sender(
                municipality(lines),
                sentenceCase(first(lines, ADMINISTRATION)),
                unit(lines),
                find(ADDRESS, text)
                        .map(a -> a.strip().replaceAll("\\s*\\n\\s*", ", ").replaceAll(",\\s*", ", "))
                        .orElse(null),
                find(PHONE, text).map(String::strip).orElse(null),
                find(EMAIL, text).orElse(null),
                find(WEB, text).orElse(null));
    }

    /** Whether a line can only be about the sender, wherever it stands in the head. */
    static boolean isSenderLine(String line) {
        return UNIT.matcher(line).matches()
                || ADMINISTRATION.matcher(line).matches()
                || EMAIL.matcher(line).find()
                || find(PHONE, line).isPresent();
    }

    private static @Nullable String municipality(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (MUNICIPALITY.matcher(lines.get(i)).matches()) {
                boolean isWhole = !Words.fold(lines.get(i)).matches("(mestna )?obcina");
                String name = isWhole || i + 1 == lines.size() ? lines.get(i) : lines.get(i) + " " + lines.get(i + 1);
                return withUsualLetters(name);
            }
        }
        return null;
    }

    private static String withUsualLetters(String name) {
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            return name;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int place = lower.indexOf("občina") + "občina".length();
        return Character.toUpperCase(lower.charAt(0))
                + lower.substring(1, place)
                + Words.withoutCapitals(name).substring(place);
    }

    private static @Nullable String unit(List<String> lines) {
        String named = first(lines, UNIT);
        if (named != null) {
            return named;
        }
        for (int i = 0; i + 1 < lines.size(); i++) {
            String next = lines.get(i + 1);
            if (ADMINISTRATION.matcher(lines.get(i)).matches() && !next.matches(".*[\\d@].*")) {
                return next;
            }
        }
        return null;
    }

    private static @Nullable String sentenceCase(@Nullable String text) {
        return text == null ? null : text.charAt(0) + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String first(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(l -> l.replaceFirst(",$", ""))
                .filter(l -> pattern.matcher(l).matches())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.of(matcher.group());
    }
}
