package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.RecordFormat.TableForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form of one table: what is declared, and for the rest what its first rows show.
 *
 * @param headerRow the index of the row of names among the rows that are not empty; -1 when there is none
 */
record TableDialect(char separator, int headerRow, List<LocalizedText> detected) {
    private static final char[] SEPARATORS = {';', ',', '\t', '|'};
    private static final int SAMPLE = 60;
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d.,\u00a0 ]*");
    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

    static TableDialect of(String text, TableForm form) {
        List<LocalizedText> detected = new ArrayList<>();
        Character declared = form.separator();
        char separator = declared == null ? likeliest(text) : declared;
        if (declared == null) {
            String shown = separator == '\t' ? "\\t" : String.valueOf(separator);
            detected.add(new LocalizedText(
                    "Ločilo polj je »" + shown + "« (separator).", "The separator is »" + shown + "« (separator)."));
        }
        List<List<String>> sample = CsvRecords.firstRows(text, separator, SAMPLE);
        if (form.decimal() == null && sample.stream().flatMap(List::stream).anyMatch(TableDialect::hasDecimalComma)) {
            detected.add(new LocalizedText(
                    "Nekatere vrednosti imajo decimalno vejico; z »decimal: ','« postanejo števila.",
                    "Some values have a decimal comma; with »decimal: ','« they become numbers."));
        }
        return new TableDialect(separator, headerRow(sample, detected), detected);
    }

    /** The separator with which the most rows have the same number of fields, and more than one. */
    private static char likeliest(String text) {
        char best = ',';
        double bestScore = 0;
        for (char separator : SEPARATORS) {
            List<List<String>> rows = CsvRecords.firstRows(text, separator, SAMPLE);
            int width = usualWidth(rows);
            long same = rows.stream().filter(row -> row.size() == width).count();
            double score = width < 2 ? 0 : (double) same / rows.size() * Math.log(width + 1.0);
            if (score > bestScore) {
                best = separator;
                bestScore = score;
            }
        }
        return best;
    }

    private static int usualWidth(List<List<String>> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    /** The first row that is as wide as most are, when it looks like names. A title that a spreadsheet padded with empty fields is none. */
    static int headerRow(List<List<String>> rows, List<LocalizedText> detected) {
        int width = usualWidth(rows);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() == width && isHalfFilled(rows.get(i))) {
                if (looksLikeData(rows.get(i))) {
                    detected.add(new LocalizedText(
                            "Vrstice z imeni stolpcev ni; stolpci so column1, column2 … (header: none).",
                            "There is no row of names; the columns are column1, column2 … (header: none)."));
                    return -1;
                }
                if (i > 0) {
                    String row = Integer.toString(i + 1);
                    detected.add(new LocalizedText(
                            "Imena stolpcev so v " + row + ". neprazni vrstici (header: " + row + ").",
                            "The names of columns are in row " + row + " of those not empty (header: " + row + ")."));
                }
                return i;
            }
        }
        return -1;
    }

    private static boolean isHalfFilled(List<String> row) {
        return row.stream().filter(cell -> !cell.isBlank()).count() * 2 >= row.size();
    }

    private static boolean looksLikeData(List<String> row) {
        return row.stream()
                .map(String::strip)
                .anyMatch(cell ->
                        NUMBER.matcher(cell).matches() && !YEAR.matcher(cell).matches());
    }

    private static boolean hasDecimalComma(String cell) {
        return cell.indexOf(',') > 0 && cell.strip().matches("[-+]?\\d{1,3}([. \u00a0]?\\d{3})*,\\d{1,8}");
    }
}
