package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.RecordFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Rows of a sheet of a workbook (.xlsx). Dates are texts such as 2026-11-23T08:00; numbers, texts and truths are what they are. */
final class ExcelRecords {
    private static final int SAMPLE = 60;
    private static final Pattern DATE_FORMAT = Pattern.compile("(?i)[^\\[\"]*[dyh].*");

    private ExcelRecords() {}

    static void read(byte[] bytes, RecordFormat.Excel form, RecordSink sink) throws SourceFailure {
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(true, false))) {
            Sheet sheet = sheet(workbook, form.sheet(), sink);
            int header = form.headerRow() - 1;
            if (form.headerRow() == 0) {
                List<LocalizedText> detected = new ArrayList<>();
                header = TableDialect.headerRow(sample(sheet), detected);
                detected.forEach(sink::detected);
            }
            TableRows rows = new TableRows(sink, Math.max(-1, header), null);
            try (Stream<Row> all = sheet.openStream()) {
                for (Iterator<Row> it = all.iterator(); it.hasNext(); ) {
                    List<@Nullable Object> cells = cells(it.next());
                    if (!isEmpty(cells)) {
                        rows.row(cells);
                    }
                }
            }
            rows.end();
        } catch (IOException | ExcelReaderException | IllegalArgumentException e) {
            throw new SourceFailure(
                    "Dokument ni delovni zvezek .xlsx: " + e.getMessage() + ".",
                    "The document is no .xlsx workbook: " + e.getMessage() + ".");
        }
    }

    private static Sheet sheet(ReadableWorkbook workbook, String name, RecordSink sink)
            throws SourceFailure, IOException {
        if (!name.isEmpty()) {
            return workbook.findSheet(name)
                    .orElseThrow(() -> new SourceFailure(
                            "V zvezku ni lista »" + name + "«.", "The workbook has no sheet »" + name + "«."));
        }
        for (Sheet sheet : workbook.getSheets().toList()) {
            if (!sample(sheet).isEmpty()) {
                if (sheet.getIndex() > 0) {
                    sink.detected(new LocalizedText(
                            "List je »" + sheet.getName() + "« (sheet).",
                            "The sheet is »" + sheet.getName() + "« (sheet)."));
                }
                return sheet;
            }
        }
        throw new SourceFailure("Zvezek je prazen.", "The workbook is empty.");
    }

    private static List<List<String>> sample(Sheet sheet) throws IOException {
        try (Stream<Row> all = sheet.openStream()) {
            List<List<String>> rows = new ArrayList<>();
            for (Iterator<Row> it = all.iterator(); it.hasNext() && rows.size() < SAMPLE; ) {
                List<@Nullable Object> cells = cells(it.next());
                if (!isEmpty(cells)) {
                    List<String> texts = new ArrayList<>();
                    cells.forEach(cell -> texts.add(cell == null ? "" : cell.toString()));
                    rows.add(texts);
                }
            }
            return rows;
        }
    }

    private static boolean isEmpty(List<@Nullable Object> cells) {
        return cells.stream().allMatch(cell -> cell == null || cell.toString().isBlank());
    }

    private static List<@Nullable Object> cells(Row row) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            cells.add(row.getOptionalCell(i).map(ExcelRecords::value).orElse(null));
        }
        while (!cells.isEmpty() && cells.getLast() == null) {
            cells.removeLast();
        }
        return cells;
    }

    private static @Nullable Object value(Cell cell) {
        boolean number = cell.getType() == CellType.NUMBER
                || (cell.getType() == CellType.FORMULA && isNumber(cell.getRawValue()));
        if (number) {
            return isDate(cell) ? cell.asDate().toString() : cell.asNumber();
        }
        return switch (cell.getType()) {
            case BOOLEAN -> cell.asBoolean();
            case EMPTY, ERROR -> null;
            case NUMBER, STRING, FORMULA -> cell.getText();
        };
    }

    private static boolean isNumber(@Nullable String raw) {
        return raw != null && raw.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    }

    private static boolean isDate(Cell cell) {
        return Optional.ofNullable(cell.getDataFormatString())
                .map(format -> format.toLowerCase(Locale.ROOT).replace("[red]", ""))
                .filter(format -> !format.equals("general"))
                .filter(format -> DATE_FORMAT.matcher(format).matches())
                .isPresent();
    }
}
