package city.emona.portal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A table as CSV (RFC 4180) in UTF-8, with a byte order mark by which spreadsheets know it, and no cell that one takes for a formula. */
final class Csv {
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+@\\t\\r].*|-(?![0-9.]+(?:[eE][-+]?[0-9]+)?$).*");
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    private final StringBuilder out = new StringBuilder("\uFEFF");

    void line(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        out.append("\r\n");
    }

    private static String quoted(String cell) {
        String safe = FORMULA.matcher(cell).matches() ? "'" + cell : cell;
        return SPECIAL.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
