package city.emona.vertical.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes an archive of files, each a text or the rows of a table. The same files give the same bytes. */
final class ZipWriter {
    /** An archive says when a file was written; here it is always the same time. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 1, 0, 0);

    private ZipWriter() {}

    static byte[] bytes(Map<?, ?> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                String name = String.valueOf(file.getKey());
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(WRITTEN);
                zip.putNextEntry(entry);
                String text =
                        file.getValue() instanceof String given ? given : DocumentWriter.table(name, file.getValue());
                zip.write(text.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
