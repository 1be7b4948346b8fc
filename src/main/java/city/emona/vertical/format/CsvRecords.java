package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.RecordFormat.TableForm;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Records of a table in text. What no declaration says about its form is found out, and told. */
final class CsvRecords {
    private static final int SAMPLE_CHARS = 200_000;
    private static final int MAX_FIELDS = 4_000;

    private CsvRecords() {}

    static void read(Body body, TableForm form, RecordSink sink) throws SourceFailure {
        String text = text(body, sink);
        if (text.stripLeading().startsWith("<")) {
            throw new SourceFailure("Namesto CSV je prišel HTML ali XML.", "HTML or XML came instead of CSV.");
        }
        if (text.isBlank()) {
            throw new SourceFailure("Dokument je prazen.", "The document is empty.");
        }
        TableDialect dialect = TableDialect.of(sample(text), form);
        int header = form.headerLine() == 0 ? dialect.headerRow() : form.headerLine() < 0 ? -1 : form.headerLine() - 1;
        dialect.detected().stream()
                .filter(what -> form.headerLine() == 0 || !what.en().contains("header:"))
                .forEach(sink::detected);
        TableRows rows = new TableRows(sink, header, form.decimal());
        try (CsvReader<CsvRecord> reader = reader(dialect.separator()).ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (!isEmpty(row.getFields())) {
                    rows.row(row.getFields());
                }
            }
        } catch (IOException | CsvParseException e) {
            String message = String.valueOf(e.getMessage());
            sink.brokenOff(new LocalizedText("CSV se pokvari: " + message, "The CSV breaks: " + message));
        }
        rows.end();
    }

    private static String text(Body body, RecordSink sink) throws SourceFailure {
        if (body.declared() != null) {
            return body.text();
        }
        try {
            return body.text();
        } catch (SourceFailure e) {
            if (body.bytes().length == 0) {
                throw e;
            }
            var likely = Encodings.likely(body.bytes());
            sink.detected(new LocalizedText(
                    "Kodiranje je " + likely.name() + " (encoding).",
                    "The encoding is " + likely.name() + " (encoding)."));
            return new String(body.bytes(), likely);
        }
    }

    private static String sample(String text) {
        return text.length() > SAMPLE_CHARS ? text.substring(0, SAMPLE_CHARS) : text;
    }

    /** A reader that leaves the number of fields to whoever reads. */
    static CsvReader.CsvReaderBuilder reader(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter('"')
                .commentStrategy(CommentStrategy.NONE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(32 * 1024 * 1024);
    }

    private static boolean isEmpty(List<String> fields) {
        return fields.size() > MAX_FIELDS || fields.stream().allMatch(String::isBlank);
    }

    /** The first rows that are not empty, as a separator cuts them. */
    static List<List<String>> firstRows(String text, char separator, int limit) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(separator).ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (!isEmpty(row.getFields())) {
                    rows.add(row.getFields());
                }
                if (rows.size() == limit) {
                    break;
                }
            }
        } catch (IOException | CsvParseException _) {
            return rows;
        }
        return rows;
    }
}
