package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that are put into a folder, the oldest first, each once. A file that still grows is left until it is the same at two looks. What is
 * committed goes to {@code done}, what cannot be read to {@code failed} with its reason beside it.
 */
final class FolderConnector implements Connector {
    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".filepart", ".crdownload", "~");

    private final SourceSpec spec;
    private final Path folder;
    private Map<Path, Look> lastLook = Map.of();
    private @Nullable Path current;
    private boolean more;

    /** How a file was at a look. */
    private record Look(long size, FileTime modified) {}

    FolderConnector(SourceSpec spec, Path folder) {
        this.spec = spec;
        this.folder = folder;
    }

    @Override
    public boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure {
        current = null;
        Map<Path, Look> look = look();
        List<Map.Entry<Path, Look>> whole = new ArrayList<>();
        for (Map.Entry<Path, Look> file : look.entrySet()) {
            if (file.getValue().equals(lastLook.get(file.getKey()))) {
                whole.add(file);
            }
        }
        lastLook = look;
        more = whole.size() > 1;
        if (whole.isEmpty()) {
            return false;
        }
        whole.sort(Comparator.<Map.Entry<Path, Look>, FileTime>comparing(
                        file -> file.getValue().modified())
                .thenComparing(Map.Entry.comparingByKey()));
        Path file = whole.getFirst().getKey();
        current = file;
        byte[] bytes = bytes(file, whole.getFirst().getValue().size());
        Formats.read(spec.format(), new Body(bytes, spec.charset(), null), sink);
        return true;
    }

    private byte[] bytes(Path file, long size) throws SourceFailure {
        if (size > spec.maxBytes()) {
            throw new SourceFailure(
                    "Datoteka je večja od " + spec.maxBytes() + " bajtov.",
                    "The file is larger than " + spec.maxBytes() + " bytes.");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SourceFailure(
                    "Datoteke " + file.getFileName() + " ni mogoče prebrati: " + e.getMessage() + ".",
                    "The file " + file.getFileName() + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private Map<Path, Look> look() throws SourceFailure {
        Map<Path, Look> look = new HashMap<>();
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    look(file, look);
                }
            }
        } catch (IOException e) {
            throw new SourceFailure(
                    "Mape " + folder + " ni mogoče prebrati: " + e.getMessage() + ".",
                    "The folder " + folder + " cannot be read: " + e.getMessage() + ".");
        }
        return look;
    }

    private static void look(Path file, Map<Path, Look> look) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".") || UNFINISHED.stream().anyMatch(name::endsWith)) {
            return;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                look.put(file, new Look(attributes.size(), attributes.lastModifiedTime()));
            }
        } catch (NoSuchFileException _) {
            // somebody took it away between the list and the look
        }
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    @Override
    public void accepted() {
        move("done", null);
    }

    @Override
    public void refused(LocalizedText reason) {
        move("failed", reason);
    }

    private void move(String where, @Nullable LocalizedText reason) {
        Path file = current;
        current = null;
        if (file == null) {
            return;
        }
        try {
            Path target = free(
                    Files.createDirectories(folder.resolve(where)),
                    file.getFileName().toString());
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            if (reason != null) {
                Files.writeString(
                        target.resolveSibling(target.getFileName() + ".reason.txt"),
                        reason.sl() + "\n" + reason.en() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path free(Path folder, String name) {
        Path target = folder.resolve(name);
        for (int i = 2; Files.exists(target); i++) {
            target = folder.resolve(name + "." + i);
        }
        return target;
    }
}
