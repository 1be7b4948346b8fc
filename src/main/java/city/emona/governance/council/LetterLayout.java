package city.emona.governance.council;

import city.emona.governance.council.LetterBlock.Line;
import city.emona.governance.council.LetterBlock.Role;
import city.emona.governance.council.LetterBlock.Span;
import city.emona.governance.council.LetterMark.Marked;
import city.emona.governance.council.LetterText.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets the lines of a letter apart by the part that they play; every line lands in exactly one block, in the order of the file. */
final class LetterLayout {
    /** A longer line is a whole paragraph: the file does not wrap. */
    private static final int LONG_LINE = 160;

    /** A longer first line of the answer is a greeting with text behind it. */
    private static final int LONGEST_GREETING = 120;

    /** A head has no longer lines without a label. */
    private static final int LONGEST_HEAD_LINE = 100;

    /** With fewer empty lines than this, every line is a paragraph. */
    private static final int FEW_EMPTY_LINES = 3;

    /** A signature has no longer lines. */
    private static final int LONGEST_SIGNATURE_LINE = 80;

    private static final Pattern VERB = Pattern.compile(
            "\\b(?:podal|postavil|zastavil|vložil|naslovil|predlagal|dal)(?:a|i|o|e)?\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WHO_OR_WHERE =
            Pattern.compile("(?i)svetni(?:k|c|šk)|\\bsej[aei]\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BULLET = Pattern.compile("^(?:[-–•*]|\\d{1,2}[.)])\\s+\\S.*");
    private static final Pattern ADDRESSEE = Pattern.compile(
            "mestn(?:i|emu|ega) svet\\w*\\b.*|obcinsk(?:i|emu) svet\\w*\\b.*|(?:mestn\\w+ )?svetni(?:k|ca|ku|ci|ski|skemu)\\b.*|(?:gospa|gospod|ga\\.|g\\.) .*");
    private static final Pattern MUNICIPALITY = Pattern.compile("(?:mestna )?obcina\\b.*");

    private final List<SourceLine> lines;
    private final boolean isDense;
    private final List<LetterBlock> blocks = new ArrayList<>();

    private LetterLayout(List<SourceLine> lines) {
        this.lines = lines;
        this.isDense = lines.stream().filter(SourceLine::afterBlank).count() < FEW_EMPTY_LINES;
    }

    static List<LetterBlock> read(String text) {
        LetterLayout layout = new LetterLayout(separateGreeting(LetterText.lines(text)));
        layout.setApart();
        return layout.blocks;
    }

    /** When the answer begins on the line of the greeting, the greeting gets a line of its own. */
    private static List<SourceLine> separateGreeting(List<SourceLine> lines) {
        List<SourceLine> separated = new ArrayList<>();
        for (SourceLine line : lines) {
            String text = line.text();
            int end = text.indexOf(',') + 1;
            if (text.length() > LONGEST_GREETING && LetterMark.isGreeting(text) && end > 1 && end < LONGEST_GREETING) {
                separated.add(new SourceLine(plain(text.substring(0, end)), line.afterBlank(), false));
                separated.add(new SourceLine(plain(text.substring(end).strip()), true, line.breaksHard()));
            } else {
                separated.add(line);
            }
        }
        return separated;
    }

    private static Line plain(String text) {
        return new Line(List.of(new Span(text, false)));
    }

    private void setApart() {
        int answer = firstIndex(0, LetterMark::isAnswerMark);
        int greeting = firstIndex(0, LetterMark::isGreeting);
        int firstMark = Math.min(answer, greeting);
        int closing = lastClosing(firstMark == lines.size() ? 0 : firstMark);
        int signature = closing < lines.size() ? closing + 1 : unclosedSignature();
        int end = Math.min(closing, signature);
        int head = headEnd(Math.min(firstMark, end));
        readHead(0, head);
        int body = bodyStart(head, answer, greeting, end);
        readText(head, end, body);
        if (closing < lines.size()) {
            add(Role.CLOSING, List.of(lines.get(closing).line()));
        }
        readSignature(signature);
    }

    private int firstIndex(int from, Predicate<String> isMark) {
        for (int i = from; i < lines.size(); i++) {
            if (isMark.test(lines.get(i).text())) {
                return i;
            }
        }
        return lines.size();
    }

    private int lastClosing(int after) {
        for (int i = lines.size() - 1; i > after; i--) {
            if (LetterMark.isClosing(lines.get(i).text())) {
                return i;
            }
        }
        return lines.size();
    }

    /** Where a signature without a closing begins: short last lines, one of them a name. */
    private int unclosedSignature() {
        int start = lines.size();
        while (start > 0 && isSignatureLine(lines.get(start - 1).text())) {
            start--;
        }
        for (int i = start; i < lines.size(); i++) {
            if (SignatureReader.findName(lines.get(i).text()).isPresent()) {
                return start;
            }
        }
        return lines.size();
    }

    private static boolean isSignatureLine(String text) {
        return text.length() < LONGEST_SIGNATURE_LINE
                && !text.matches(".*[.!?,;:]")
                && LetterMark.findLabel(text).isEmpty();
    }

    private int headEnd(int limit) {
        int subject = -1;
        for (int i = 0; i < limit; i++) {
            if (findHeadMark(i).filter(m -> m.mark() == LetterMark.SUBJECT).isPresent()) {
                subject = i;
            } else if (startsParagraph(i) && isIntroduction(paragraphText(i))) {
                return i;
            }
        }
        if (limit < lines.size() && subject < 0) {
            return limit;
        }
        int next = subject + 1;
        while (next < limit && !startsParagraph(next)) {
            next++;
        }
        while (next < limit && (isHeadLine(next) || isShort(lines.get(next).text()))) {
            next++;
        }
        return next;
    }

    private static boolean isShort(String text) {
        return text.length() < LONGEST_HEAD_LINE && !text.matches(".*[.?!:;]");
    }

    private boolean isHeadLine(int index) {
        return findHeadMark(index).isPresent()
                || ADDRESSEE.matcher(Words.fold(lines.get(index).text())).matches()
                || MUNICIPALITY.matcher(Words.fold(lines.get(index).text())).matches();
    }

    private static boolean isIntroduction(String paragraph) {
        return VERB.matcher(paragraph).find() && WHO_OR_WHERE.matcher(paragraph).find();
    }

    private Optional<Marked> findHeadMark(int index) {
        String text = lines.get(index).text();
        Optional<Marked> label = LetterMark.findLabel(text);
        return label.isEmpty() && LetterMark.isAnswerTitle(text)
                ? Optional.of(new Marked(LetterMark.SUBJECT, text))
                : label;
    }

    private boolean startsParagraph(int index) {
        return isDense || lines.get(index).afterBlank() || isLong(index) || isLong(index - 1);
    }

    private boolean isLong(int index) {
        return index >= 0 && lines.get(index).text().length() > LONG_LINE;
    }

    private String paragraphText(int start) {
        StringBuilder text = new StringBuilder(lines.get(start).text());
        for (int i = start + 1; i < lines.size() && !startsParagraph(i); i++) {
            text.append(' ').append(lines.get(i).text());
        }
        return text.toString();
    }

    /** Where the answer itself begins: behind the last mark, or behind the paragraph that says what was asked. */
    private int bodyStart(int head, int answer, int greeting, int end) {
        int mark = Math.max(answer < end ? answer : -1, greeting < end ? greeting : -1);
        if (mark >= 0) {
            return mark + 1;
        }
        if (head < end && isIntroduction(paragraphText(head))) {
            int next = head + 1;
            while (next < end && !startsParagraph(next)) {
                next++;
            }
            return next;
        }
        return head;
    }

    private void readHead(int from, int to) {
        boolean knowsMunicipality = false;
        Role unlabelled = Role.SENDER;
        boolean labelSeen = false;
        for (int i = from; i < to; i++) {
            Optional<Marked> mark = findHeadMark(i);
            if (mark.isPresent()) {
                labelSeen = true;
                i = readLabel(i, to, mark.get());
                unlabelled = Role.OTHER;
                continue;
            }
            String folded = Words.fold(lines.get(i).text());
            if (startsAddressee(i, to, knowsMunicipality)) {
                unlabelled = Role.ADDRESSEE;
            } else if (lines.get(i).afterBlank() && unlabelled == Role.ADDRESSEE) {
                unlabelled = Role.OTHER;
            }
            boolean isMunicipality = MUNICIPALITY.matcher(folded).matches();
            boolean isSender = !labelSeen
                    || SenderReader.isSenderLine(lines.get(i).text())
                    || (isMunicipality && !knowsMunicipality);
            if (unlabelled == Role.OTHER && isSender) {
                unlabelled = Role.SENDER;
            }
            knowsMunicipality |= isMunicipality;
            addHeadLine(roleOf(i, unlabelled), i);
        }
    }

    /** A number or a day that stands alone in the head needs no label. */
    private Role roleOf(int index, Role otherwise) {
        String text = lines.get(index).text();
        if (otherwise == Role.ADDRESSEE) {
            return otherwise;
        }
        if (text.matches("[^\\p{L}]*") && CaseNumber.find(text).isPresent()) {
            return Role.NUMBER;
        }
        String place = "^(?:V\\s+)?(?:\\p{Lu}\\p{L}+,?\\s+)?(?:dne\\s+)?";
        boolean isDay = SloveneDates.find(text)
                .filter(d -> text.replaceFirst(place, "").startsWith(d.text()) && d.end() >= text.length() - 1)
                .isPresent();
        return isDay ? Role.DATE : otherwise;
    }

    private boolean startsAddressee(int index, int to, boolean knowsMunicipality) {
        String folded = Words.fold(lines.get(index).text());
        if (ADDRESSEE.matcher(folded).matches()) {
            return true;
        }
        boolean followedByCouncil = index + 1 < to
                && !lines.get(index + 1).afterBlank()
                && ADDRESSEE.matcher(Words.fold(lines.get(index + 1).text())).matches();
        return followedByCouncil && MUNICIPALITY.matcher(folded).matches() && (knowsMunicipality || index > 0);
    }

    private int readLabel(int index, int to, Marked marked) {
        Role role =
                switch (marked.mark()) {
                    case NUMBER -> Role.NUMBER;
                    case DATE -> Role.DATE;
                    case SUBJECT -> Role.SUBJECT;
                    case ANSWER, GREETING, CLOSING -> Role.OTHER;
                };
        int last = index;
        boolean valueFollows = marked.value().isEmpty()
                && index + 1 < to
                && findLabel(index + 1).isEmpty();
        if (valueFollows) {
            last++;
        }
        while (role == Role.SUBJECT && last + 1 < to && !startsParagraph(last + 1) && !isHeadLine(last + 1)) {
            last++;
        }
        add(role, joined(index, last + 1));
        return last;
    }

    private Optional<Marked> findLabel(int index) {
        return LetterMark.findLabel(lines.get(index).text());
    }

    private void addHeadLine(Role role, int index) {
        LetterBlock previous = blocks.isEmpty() ? null : blocks.getLast();
        if (previous != null && previous.role() == role && !lines.get(index).afterBlank()) {
            List<Line> more = new ArrayList<>(previous.lines());
            more.add(lines.get(index).line());
            blocks.set(blocks.size() - 1, new LetterBlock(role, more));
        } else {
            add(role, List.of(lines.get(index).line()));
        }
    }

    private void readText(int from, int to, int body) {
        int i = from;
        while (i < to) {
            String text = lines.get(i).text();
            @Nullable
            Role mark = i < body && LetterMark.isAnswerMark(text)
                    ? Role.ANSWER_MARK
                    : i < body && LetterMark.isGreeting(text) ? Role.GREETING : null;
            int end = i + 1;
            while (mark == null && end < to && end != body && !startsParagraph(end) && !isTextMark(end, body)) {
                end++;
            }
            add(mark != null ? mark : i < body ? Role.INTRODUCTION : Role.BODY, joined(i, end));
            i = end;
        }
    }

    private boolean isTextMark(int index, int body) {
        String text = lines.get(index).text();
        return index < body && (LetterMark.isAnswerMark(text) || LetterMark.isGreeting(text));
    }

    private void readSignature(int from) {
        for (int i = from; i < lines.size(); i++) {
            Optional<Marked> label = findLabel(i);
            if (label.isPresent() && label.get().mark() != LetterMark.SUBJECT) {
                i = readLabel(i, lines.size(), label.get());
            } else {
                addHeadLine(roleOf(i, Role.SIGNATURE), i);
            }
        }
    }

    /** Lines that the file wrapped become one again; hard breaks and list items stay. */
    private List<Line> joined(int from, int to) {
        List<Line> joined = new ArrayList<>();
        List<Span> current = new ArrayList<>();
        for (int i = from; i < to; i++) {
            SourceLine line = lines.get(i);
            boolean beginsAnew = i > from
                    && (lines.get(i - 1).breaksHard()
                            || BULLET.matcher(line.text()).matches());
            if (beginsAnew) {
                joined.add(new Line(current));
                current = new ArrayList<>();
            } else if (i > from) {
                current.add(new Span(" ", false));
            }
            current.addAll(line.line().spans());
        }
        joined.add(new Line(current));
        return joined;
    }

    private void add(Role role, List<Line> content) {
        blocks.add(new LetterBlock(role, content));
    }
}
