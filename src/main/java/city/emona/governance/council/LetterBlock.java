package city.emona.governance.council;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of a letter that belong together.
 *
 * @param role the part that the lines play
 * @param lines as they are to be set: a paragraph that was wrapped in the file is one line again
 */
public record LetterBlock(Role role, List<Line> lines) {
    public LetterBlock {
        lines = List.copyOf(lines);
    }

    /** The part that a block plays in a letter. */
    public enum Role {
        SENDER,
        NUMBER,
        DATE,
        ADDRESSEE,
        SUBJECT,
        /** What was asked, before the answer begins. */
        INTRODUCTION,
        /** The line »Odgovor:«. */
        ANSWER_MARK,
        GREETING,
        BODY,
        CLOSING,
        SIGNATURE,
        /** A line of the head that is none of these. */
        OTHER
    }

    /** One line, made of spans. */
    public record Line(List<Span> spans) {
        public Line {
            spans = List.copyOf(spans);
        }

        public String text() {
            return spans.stream().map(Span::text).collect(Collectors.joining());
        }
    }

    /** A piece of a line; strong where the letter has it in bold. */
    public record Span(String text, boolean isStrong) {}

    /** The lines without their emphasis, joined by spaces. */
    public String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining(" "));
    }
}
