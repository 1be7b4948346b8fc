package city.emona.governance.council;

import city.emona.governance.council.LetterBlock.Line;
import city.emona.governance.council.LetterBlock.Span;
import city.emona.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the bytes of a file to lines of text: encodings, line ends, and the marks of Markdown. */
final class LetterText {
    private static final Pattern INVISIBLE = Pattern.compile("[\u00ad\u200b-\u200d\u2060\ufeff]");
    private static final Pattern SPACES = Pattern.compile("[\\t\\f\u00a0\u2000-\u200a\u202f\u3000]|&nbsp;");
    private static final Pattern RULE = Pattern.compile("[\\s|:=*_-]{3,}");
    private static final Pattern PREFIX = Pattern.compile("^(?:#{1,6}\\s+|>\\s?)+");
    private static final Pattern LINK =
            Pattern.compile("\\[([^\\]]+)\\]\\([^)]*\\)|<((?:https?://|mailto:)?[^<>\\s]+[@.][^<>\\s]+)>");
    private static final Pattern SINGLE_EMPHASIS =
            Pattern.compile("(?<![\\p{L}\\p{N}*_])([*_])(?=\\S)([^*_]+?)(?<=\\S)\\1(?![\\p{L}\\p{N}*_])");
    private static final Pattern SECOND_LABEL =
            Pattern.compile("(?<=\\S)\\s*[,;]?\\s+(?=(?:\\*\\*)?(?:Datum|Številka|Zadeva)(?:\\*\\*)?\\s*:)");

    private LetterText() {}

    /**
     * A line of the file.
     *
     * @param afterBlank whether an empty line stands before it
     * @param breaksHard whether the next line is to begin anew
     */
    record SourceLine(Line line, boolean afterBlank, boolean breaksHard) {
        String text() {
            return line.text();
        }
    }

    /**
     * The text of a file in UTF-8, UTF-16 with a byte order mark, or windows-1250; without the byte order mark, else to the letter.
     *
     * @throws Problem of type InvalidRequest when the file is empty or is not text
     */
    static String decode(byte[] bytes) {
        refuseDocuments(bytes);
        String text = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)
                ? new String(bytes, StandardCharsets.UTF_16)
                : utf8OrWindows(bytes);
        if (text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            throw Problem.invalidRequest("The file is empty.", "Give a file with the text of the letter.");
        }
        if (text.indexOf('\0') >= 0) {
            throw Problem.invalidRequest("The file is not text.", "Give the letter as Markdown or plain text.");
        }
        return text;
    }

    private static String utf8OrWindows(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1250"));
        }
    }

    private static void refuseDocuments(byte[] bytes) {
        String kind = startsWith(bytes, '%', 'P', 'D', 'F')
                ? "a PDF document"
                : startsWith(bytes, 'P', 'K', 3, 4) ? "a Word document or another archive" : "";
        if (!kind.isEmpty()) {
            throw Problem.invalidRequest("The file is " + kind + ".", "Save the letter as Markdown or plain text.");
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The lines that are not empty, without the marks of Markdown. */
    static List<SourceLine> lines(String text) {
        String unified = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("\\r\\n?|<br\\s*/?>", "\n");
        List<SourceLine> lines = new ArrayList<>();
        boolean afterBlank = true;
        for (String raw : SPACES.matcher(INVISIBLE.matcher(unified).replaceAll(""))
                .replaceAll(" ")
                .split("\n", -1)) {
            if (RULE.matcher(raw).matches() || raw.isBlank()) {
                afterBlank = true;
                continue;
            }
            boolean breaksHard = raw.endsWith("  ") || raw.endsWith("\\");
            for (String part : SECOND_LABEL.split(withoutMarkup(raw), -1)) {
                Line line = line(part.strip());
                if (!line.text().isEmpty()) {
                    lines.add(new SourceLine(line, afterBlank, breaksHard));
                    afterBlank = false;
                }
            }
        }
        return lines;
    }

    private static String withoutMarkup(String raw) {
        String bare = PREFIX.matcher(raw.strip()).replaceFirst("");
        if (bare.startsWith("|")) {
            bare = bare.replaceAll("^\\|\\s*|\\s*\\|$", "").replaceAll("\\s*\\|\\s*", " ");
        }
        bare = LINK.matcher(bare)
                .replaceAll(
                        m -> m.group(1) == null ? quoted(m.group(2).replaceFirst("^mailto:", "")) : quoted(m.group(1)));
        return bare.endsWith("\\") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private static Line line(String marked) {
        List<Span> spans = new ArrayList<>();
        boolean strong = false;
        for (String part : SINGLE_EMPHASIS.matcher(marked).replaceAll("$2").split("\\*\\*|(?<!\\w)__|__(?!\\w)", -1)) {
            String plain =
                    part.replaceAll("\\\\([\\\\`*_{}\\[\\]()#+.!>~|-])", "$1").replace("&amp;", "&");
            if (!plain.isEmpty()) {
                spans.add(new Span(plain, strong));
            }
            strong = !strong;
        }
        return new Line(spans);
    }
}
