package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table as records with the names of their columns. A name loses blanks around it; a column without a name is
 * {@code column<n>}, the second of a name gets {@code _2}. An empty cell is no field.
 */
final class TableRows {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?(0|[1-9]\\d{0,2}([. \u00a0]?\\d{3})*)(,\\d+)?");
    private static final Pattern DECIMAL_POINT =
            Pattern.compile("[-+]?(0|[1-9]\\d{0,2}([, \u00a0]?\\d{3})*)(\\.\\d+)?");

    private final RecordSink sink;
    private final @Nullable Character decimal;
    private final List<String> preamble = new ArrayList<>();
    private List<String> names = List.of();
    private int headerIn;
    private boolean begun;

    /** @param headerRow how many rows come before that of the names; -1 when no row has names */
    TableRows(RecordSink sink, int headerRow, @Nullable Character decimal) {
        this.sink = sink;
        this.headerIn = headerRow;
        this.decimal = decimal;
    }

    /** The next row that is not empty. */
    void row(List<? extends @Nullable Object> cells) {
        if (headerIn > 0) {
            preamble.add(joined(cells));
            headerIn--;
        } else if (headerIn == 0) {
            names = names(cells);
            headerIn--;
        } else {
            begin();
            record(cells);
        }
    }

    private void begin() {
        if (!begun) {
            Map<String, @Nullable Object> header = new LinkedHashMap<>();
            header.put("columns", names);
            if (!preamble.isEmpty()) {
                header.put("preamble", preamble);
            }
            sink.header(header);
            begun = true;
        }
    }

    private static String joined(List<? extends @Nullable Object> cells) {
        StringBuilder text = new StringBuilder();
        for (Object cell : cells) {
            if (cell != null && !cell.toString().isBlank()) {
                text.append(text.isEmpty() ? "" : " ").append(cell.toString().strip());
            }
        }
        return text.toString();
    }

    private List<String> names(List<? extends @Nullable Object> cells) {
        List<String> list = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<String> repeated = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Object cell = cells.get(i);
            String name = cell == null
                    ? ""
                    : cell.toString()
                            .replace('\u00a0', ' ')
                            .replaceAll("\\s+", " ")
                            .strip();
            if (name.isEmpty()) {
                name = "column" + (i + 1);
            }
            int times = seen.merge(name, 1, Integer::sum);
            if (times > 1) {
                repeated.add(name);
                name = name + "_" + times;
            }
            list.add(name);
        }
        if (!repeated.isEmpty()) {
            String which = String.join("«, »", repeated);
            sink.detected(new LocalizedText(
                    "Ime stolpca »" + which + "« se ponovi; ponovljeni imajo _2, _3.",
                    "The name of a column occurs more than once: »" + which + "«; the repeated have _2, _3."));
        }
        return list;
    }

    private void record(List<? extends @Nullable Object> cells) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < Math.max(cells.size(), names.size()); i++) {
            String name = i < names.size() ? names.get(i) : "column" + (i + 1);
            Object cell = i < cells.size() ? cells.get(i) : null;
            Object value = cell instanceof String text ? value(text) : cell;
            if (value != null) {
                record.put(name, value);
            }
        }
        sink.record(record);
    }

    private @Nullable Object value(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (decimal == null) {
            return text;
        }
        if (decimal == ',' && DECIMAL_COMMA.matcher(text).matches()) {
            return new BigDecimal(text.replaceAll("[. \u00a0+]", "").replace(',', '.'));
        }
        if (decimal == '.' && DECIMAL_POINT.matcher(text).matches()) {
            return new BigDecimal(text.replaceAll("[, \u00a0+]", ""));
        }
        return text;
    }

    /** No more rows come. */
    void end() {
        begin();
    }
}
