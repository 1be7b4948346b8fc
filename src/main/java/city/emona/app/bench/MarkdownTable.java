package city.emona.app.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that reads well in a terminal and in Markdown: the first column to the left, the others to the right. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> titles) {
        rows.add(List.copyOf(titles));
    }

    void add(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "the table has " + rows.getFirst().size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** The table, each row ending its line. */
    String text() {
        List<Integer> widths = IntStream.range(0, rows.getFirst().size())
                .mapToObj(column -> Collections.max(
                        rows.stream().map(row -> row.get(column).length()).toList()))
                .toList();
        String rule = IntStream.range(0, widths.size())
                .mapToObj(column -> column == 0 ? "-".repeat(widths.get(0)) : "-".repeat(widths.get(column) - 1) + ":")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        return rows.stream()
                .map(row -> line(row, widths))
                .collect(Collectors.collectingAndThen(Collectors.toList(), lines -> {
                    lines.add(1, rule);
                    return String.join("", lines);
                }));
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String padding =
                            " ".repeat(widths.get(column) - row.get(column).length());
                    return column == 0 ? row.get(column) + padding : padding + row.get(column);
                })
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
