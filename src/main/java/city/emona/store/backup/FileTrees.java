package city.emona.store.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of files. */
final class FileTrees {
    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };

    private FileTrees() {}

    /** Makes a folder, and those above it, that its owner alone can read. */
    static void createForOwner(Path folder) throws IOException {
        Files.createDirectories(folder, OWNER_ONLY);
    }

    /** Makes the folder of a file, and those above it, that their owner alone can read. */
    static void createFolderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            createForOwner(folder);
        }
    }

    /** The files below a folder, in the order of their paths, without those that vanish meanwhile; none where there is no such folder. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    /** How large files are together, those that are still there. */
    static long bytes(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            sum += size(file);
        }
        return sum;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // it has vanished since it was listed
        }
    }

    static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Removes a file or folder with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path one : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** Has the names in a folder and in those below it on disk. */
    static void sync(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path one : below.filter(Files::isDirectory).toList()) {
                try (FileChannel names = FileChannel.open(one, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        }
    }
}
