package city.emona.vertical.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The tables of one GTFS feed, read row by row as often as needed. They may stand in a folder inside the archive. */
final class GtfsFeed implements AutoCloseable {
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_TABLE_BYTES = 4_000_000_000L;

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipEntry> tables = new HashMap<>();

    /** Takes a row of a table. */
    @FunctionalInterface
    interface RowTaker {
        void row(List<String> names, List<String> fields, long line);
    }

    GtfsFeed(byte[] bytes) throws SourceFailure, IOException {
        file = Files.createTempFile("gtfs-", ".zip");
        try {
            Files.write(file, bytes);
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            Files.deleteIfExists(file);
            throw new SourceFailure("Dokument ni arhiv zip.", "The document is no zip archive.");
        }
        if (zip.size() > MAX_ENTRIES) {
            close();
            throw new SourceFailure(
                    "Arhiv ima več kot " + MAX_ENTRIES + " datotek.",
                    "The archive has more than " + MAX_ENTRIES + " files.");
        }
        String folder = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith("stops.txt") && (name.length() == 9 || name.endsWith("/stops.txt")))
                .min(Comparator.comparingInt(String::length))
                .map(name -> name.substring(0, name.length() - "stops.txt".length()))
                .orElse("");
        zip.stream()
                .filter(entry -> entry.getName().startsWith(folder)
                        && entry.getName().endsWith(".txt")
                        && entry.getName().indexOf('/', folder.length()) < 0)
                .forEach(entry -> tables.put(
                        entry.getName()
                                .substring(folder.length(), entry.getName().length() - 4),
                        entry));
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    /** The names of all tables, for a message. */
    String listed() {
        return tables.isEmpty()
                ? "-"
                : String.join(".txt, ", tables.keySet().stream().sorted().toList()) + ".txt";
    }

    /** Gives every row of a table that is not empty; says why when it ends too early. */
    Optional<String> read(String table, RowTaker taker) {
        ZipEntry entry = tables.get(table);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.getSize() > MAX_TABLE_BYTES) {
            return Optional.of("it is larger than " + MAX_TABLE_BYTES + " bytes");
        }
        try (var in = new InputStreamReader(
                        new BufferedInputStream(zip.getInputStream(entry), 1 << 16),
                        StandardCharsets.UTF_8.newDecoder());
                CsvReader<CsvRecord> reader = CsvRecords.reader(',').ofCsvRecord(in)) {
            List<String> names = null;
            for (CsvRecord row : reader) {
                if (names == null) {
                    names = names(row.getFields());
                } else if (row.getFieldCount() > 1 || !row.getField(0).isBlank()) {
                    taker.row(names, row.getFields(), row.getStartingLineNumber());
                }
            }
            return Optional.empty();
        } catch (IOException | CsvParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> names(List<String> fields) {
        List<String> names = new ArrayList<>(fields.size());
        for (String field : fields) {
            names.add(field.replace("\uFEFF", "").strip());
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        zip.close();
        Files.deleteIfExists(file);
    }
}
