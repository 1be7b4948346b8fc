package city.emona.vertical.life;

import java.util.ArrayList;
import java.util.List;

/**
 * In which lines one text differs from another, with some lines around.
 *
 * @param lines none when the texts are the same
 * @param isWhole whether the differences could be told; texts that are too long and too different are not compared
 */
public record LineDiff(List<Line> lines, boolean isWhole) {
    private static final int AROUND = 3;

    /** What a line is. */
    public enum Kind {
        SAME,
        ADDED,
        REMOVED,
        /** Lines that are the same in both were left out here. */
        GAP
    }

    /** One line; the number counts from 1 in the text that has it, the newer one where both have, and is 0 of a gap. */
    public record Line(Kind kind, int number, String text) {}

    public LineDiff {
        lines = List.copyOf(lines);
    }

    /** The differences between two texts, line by line. */
    public static LineDiff between(String before, String after) {
        List<String> old = LineMerge.lines(before);
        List<String> next = LineMerge.lines(after);
        int[] inNext = LineMerge.matches(old, next);
        if (inNext.length != old.size()) {
            return new LineDiff(List.of(), false);
        }
        List<Line> all = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < old.size(); i++) {
            if (inNext[i] < 0) {
                all.add(new Line(Kind.REMOVED, i + 1, old.get(i)));
                continue;
            }
            for (; at < inNext[i]; at++) {
                all.add(new Line(Kind.ADDED, at + 1, next.get(at)));
            }
            all.add(new Line(Kind.SAME, at + 1, next.get(at)));
            at++;
        }
        for (; at < next.size(); at++) {
            all.add(new Line(Kind.ADDED, at + 1, next.get(at)));
        }
        return new LineDiff(near(all), true);
    }

    /** The lines that changed and those close to them. */
    private static List<Line> near(List<Line> all) {
        boolean[] shown = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind() != Kind.SAME) {
                for (int k = Math.max(0, i - AROUND); k <= Math.min(all.size() - 1, i + AROUND); k++) {
                    shown[k] = true;
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (shown[i]) {
                if (i > 0 && !shown[i - 1] && !lines.isEmpty()) {
                    lines.add(new Line(Kind.GAP, 0, ""));
                }
                lines.add(all.get(i));
            }
        }
        return lines;
    }
}
