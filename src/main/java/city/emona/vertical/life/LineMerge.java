package city.emona.vertical.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Joins two changes of one text, line by line: what was changed on one side only is taken from there. */
final class LineMerge {
    private static final long MAX_CELLS = 4_000_000;

    private LineMerge() {}

    /**
     * The text with both changes; empty when both changed the same lines to different ones and neither counts more, or the text is too long
     * to tell.
     *
     * @param base what both began with
     * @param clash whose lines count where both changed them
     */
    static Optional<String> merge(String base, String local, String next, Order.Edits clash) {
        List<String> baseLines = lines(base);
        List<String> localLines = lines(local);
        List<String> nextLines = lines(next);
        int[] inLocal = matches(baseLines, localLines);
        int[] inNext = matches(baseLines, nextLines);
        if (inLocal.length != baseLines.size() || inNext.length != baseLines.size()) {
            return Optional.empty();
        }
        List<String> merged = new ArrayList<>();
        int b = 0;
        int l = 0;
        int n = 0;
        for (int i = 0; i <= baseLines.size(); i++) {
            boolean end = i == baseLines.size();
            if (end || (inLocal[i] >= 0 && inNext[i] >= 0)) {
                int toLocal = end ? localLines.size() : inLocal[i];
                int toNext = end ? nextLines.size() : inNext[i];
                Optional<List<String>> chunk = choose(
                        baseLines.subList(b, i), localLines.subList(l, toLocal), nextLines.subList(n, toNext), clash);
                if (chunk.isEmpty()) {
                    return Optional.empty();
                }
                merged.addAll(chunk.get());
                if (!end) {
                    merged.add(baseLines.get(i));
                }
                b = i + 1;
                l = toLocal + 1;
                n = toNext + 1;
            }
        }
        return Optional.of(String.join("\n", merged));
    }

    static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static Optional<List<String>> choose(
            List<String> base, List<String> local, List<String> next, Order.Edits clash) {
        if (local.equals(base) || local.equals(next)) {
            return Optional.of(next);
        }
        if (next.equals(base)) {
            return Optional.of(local);
        }
        return switch (clash) {
            case REFUSE -> Optional.empty();
            case KEEP -> Optional.of(local);
            case PACKAGE -> Optional.of(next);
        };
    }

    /** For each line of the one text, the line of the other that it is in a longest common sequence; −1 for none. */
    static int[] matches(List<String> one, List<String> other) {
        int begin = 0;
        int shorter = Math.min(one.size(), other.size());
        while (begin < shorter && one.get(begin).equals(other.get(begin))) {
            begin++;
        }
        int tail = 0;
        while (tail < shorter - begin && one.get(one.size() - 1 - tail).equals(other.get(other.size() - 1 - tail))) {
            tail++;
        }
        int rows = one.size() - begin - tail;
        int columns = other.size() - begin - tail;
        if ((long) rows * columns > MAX_CELLS) {
            return new int[0];
        }
        int[] found = new int[one.size()];
        Arrays.fill(found, -1);
        for (int i = 0; i < begin; i++) {
            found[i] = i;
        }
        for (int i = 1; i <= tail; i++) {
            found[one.size() - i] = other.size() - i;
        }
        fill(found, one, other, begin, rows, columns);
        return found;
    }

    private static void fill(int[] found, List<String> one, List<String> other, int begin, int rows, int columns) {
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int k = columns - 1; k >= 0; k--) {
                longest[i][k] = one.get(begin + i).equals(other.get(begin + k))
                        ? longest[i + 1][k + 1] + 1
                        : Math.max(longest[i + 1][k], longest[i][k + 1]);
            }
        }
        int i = 0;
        int k = 0;
        while (i < rows && k < columns) {
            if (one.get(begin + i).equals(other.get(begin + k))) {
                found[begin + i++] = begin + k++;
            } else if (longest[i + 1][k] >= longest[i][k + 1]) {
                i++;
            } else {
                k++;
            }
        }
    }
}
