package city.emona.vertical;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A package as one ZIP file. The files may stand at its top or in one folder. What unpacks to more than a package may have is given up
 * while it is unpacked.
 */
public final class PackageZip {
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int DIRECTORY_ENTRY_LENGTH = 46;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int FOLDER = 0x4000;

    private PackageZip() {}

    /** The package in a ZIP file; empty, with findings, when it is none or breaks a bound. */
    public static Optional<PackageContent> read(byte[] zip, Findings findings) {
        PackageContent.Collector collector = new PackageContent.Collector(findings);
        Set<String> special = special(zip);
        int entries = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            String top = topFolder(zip);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries++;
                String path = entry.getName();
                boolean taken = special.contains(path) ? collector.refuseLink(path) : take(in, entry, top, collector);
                if (!taken || entries > 2 * PackageContent.MAX_FILES) {
                    break;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            collector.refuseArchive("The ZIP file cannot be read: " + e.getMessage() + ".", "Pack it again.");
        }
        if (entries == 0) {
            collector.refuseArchive("This is no ZIP file, or an empty one.", "Pack the folder of the vertical.");
        } else if (entries > 2 * PackageContent.MAX_FILES) {
            collector.refuseArchive("The ZIP file has too many entries.", "Leave out what does not belong to it.");
        }
        return collector.content();
    }

    private static boolean take(ZipInputStream in, ZipEntry entry, String top, PackageContent.Collector collector)
            throws IOException {
        String path = entry.getName();
        if (path.endsWith("/")) {
            return collector.accepts(path.substring(0, path.length() - 1));
        }
        if (!collector.accepts(path)) {
            return false;
        }
        byte[] content = in.readNBytes(PackageContent.MAX_FILE_BYTES + 1);
        return collector.add(path.startsWith(top) ? path.substring(top.length()) : path, content);
    }

    /** The folder that everything lies in, with its slash; empty when there is none. */
    private static String topFolder(byte[] zip) throws IOException {
        String top = null;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            int entries = 0;
            for (ZipEntry entry = in.getNextEntry();
                    entry != null && entries <= 2 * PackageContent.MAX_FILES;
                    entry = in.getNextEntry()) {
                entries++;
                String path = entry.getName();
                String first = path.substring(0, path.indexOf('/') + 1);
                if (first.isEmpty() || (top != null && !top.equals(first))) {
                    return "";
                }
                top = first;
                if (path.equals(top + VerticalReader.DESCRIPTION)) {
                    return top;
                }
            }
        }
        return top == null ? "" : top;
    }

    /** The entries that Unix says are links, devices or pipes, as the directory at the end of the file has them. */
    private static Set<String> special(byte[] zip) {
        Set<String> special = new HashSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + DIRECTORY_ENTRY_LENGTH <= zip.length; i++) {
            if (zip[i] == 'P' && bytes.getInt(i) == DIRECTORY_ENTRY) {
                int type = bytes.getInt(i + 38) >>> 16 & FILE_TYPE;
                int nameLength = Short.toUnsignedInt(bytes.getShort(i + 28));
                boolean unix = zip[i + 5] == UNIX;
                if (unix
                        && type != 0
                        && type != REGULAR_FILE
                        && type != FOLDER
                        && i + DIRECTORY_ENTRY_LENGTH + nameLength <= zip.length) {
                    special.add(new String(zip, i + DIRECTORY_ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8));
                }
            }
        }
        return special;
    }

    /** A package as a ZIP file. */
    public static byte[] write(PackageContent content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : content.files().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
