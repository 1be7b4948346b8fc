package city.emona.vertical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of one package, as they are, by their paths. Whatever brings them, a folder or a ZIP file, they keep the same bounds: plain
 * paths below the package, no links, few enough and small enough. Immutable.
 */
public final class PackageContent {
    /** How many files a package has at most. */
    public static final int MAX_FILES = 500;

    /** How many bytes a file has at most. */
    public static final int MAX_FILE_BYTES = 2_000_000;

    /** How many bytes the files have together at most. */
    public static final int MAX_BYTES = 16_000_000;

    private static final int MAX_PATH = 200;
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*){0,7}");

    private final SortedMap<String, byte[]> files;
    private final String digest;

    private PackageContent(SortedMap<String, byte[]> files) {
        this.files = Collections.unmodifiableSortedMap(files);
        StringBuilder manifest = new StringBuilder();
        files.forEach((path, bytes) ->
                manifest.append(digest(bytes)).append(' ').append(path).append('\n'));
        this.digest = digest(manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a text is the path of a file that a package may have. */
    public static boolean isPath(String text) {
        return text.length() <= MAX_PATH && PATH.matcher(text).matches();
    }

    /** The files by path. */
    public SortedMap<String, byte[]> files() {
        return files;
    }

    /** The description of the vertical. */
    public Optional<String> findDescription() {
        return Optional.ofNullable(files.get(VerticalReader.DESCRIPTION))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The same for the same files, and for no others: SHA-256 of the list of the files' SHA-256 and paths, in hexadecimal. */
    public String digest() {
        return digest;
    }

    /** SHA-256 in hexadecimal. */
    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same package with some files in the place of others. */
    public PackageContent with(SortedMap<String, byte[]> others) {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.putAll(others);
        return new PackageContent(all);
    }

    /** The files of a package that has been looked at before. */
    public static PackageContent of(SortedMap<String, byte[]> files) {
        return new PackageContent(new TreeMap<>(files));
    }

    /** The package in a folder; hidden files are passed over. Empty, with findings, when it breaks a bound. */
    public static Optional<PackageContent> ofFolder(Path folder, Findings findings) {
        Collector collector = new Collector(findings);
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
                    boolean hidden = !place.equals(folder)
                            && place.getFileName().toString().startsWith(".");
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path place, BasicFileAttributes attributes) throws IOException {
                    if (place.getFileName().toString().startsWith(".")) {
                        return FileVisitResult.CONTINUE;
                    }
                    return collector.addFile(folder, place, attributes)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.TERMINATE;
                }
            });
        } catch (IOException e) {
            findings.add(VerticalReader.DESCRIPTION, 0, "The folder cannot be read: " + e + ".", "Check its rights.");
        }
        return collector.content();
    }

    /** Writes the files below a folder, which is made. */
    public void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var file : files.entrySet()) {
                Path place = folder.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.write(place, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes files one by one and refuses what breaks a bound. Not thread safe. */
    static final class Collector {
        private final SortedMap<String, byte[]> files = new TreeMap<>();
        private final Findings findings;
        private boolean sound = true;
        private long bytes;

        Collector(Findings findings) {
            this.findings = findings;
        }

        private boolean refuse(String path, String reason, String remedy) {
            String shown = path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "…" : path;
            findings.add(shown, 0, reason, remedy);
            sound = false;
            return false;
        }

        private boolean addFile(Path folder, Path place, BasicFileAttributes attributes) throws IOException {
            String path = folder.relativize(place).toString().replace('\\', '/');
            if (attributes.isSymbolicLink() || !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                return refuseLink(path);
            }
            return attributes.size() > MAX_FILE_BYTES ? refuseSize(path) : add(path, Files.readAllBytes(place));
        }

        boolean refuseLink(String path) {
            return refuse(path, "This is a link or a special file.", "Put the file itself in its place.");
        }

        boolean refuseSize(String path) {
            return refuse(path, "The file is larger than " + MAX_FILE_BYTES + " bytes.", "Make it smaller.");
        }

        boolean refuseArchive(String reason, String remedy) {
            return refuse("package.zip", reason, remedy);
        }

        /** Whether a file may have a path. */
        boolean accepts(String path) {
            return isPath(path)
                    || refuse(
                            path,
                            "»" + (path.length() > MAX_PATH ? "…" : path) + "« is not a path inside a package.",
                            "Use letters, digits, dots, hyphens and underscores, up to eight folders deep, and no »..«.");
        }

        boolean add(String path, byte[] content) {
            if (!accepts(path)) {
                return false;
            }
            if (content.length > MAX_FILE_BYTES) {
                return refuseSize(path);
            }
            bytes += content.length;
            if (files.size() >= MAX_FILES || bytes > MAX_BYTES) {
                return refuse(
                        path,
                        "The package has more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes.",
                        "Leave out what does not belong to it.");
            }
            return files.put(path, content) == null
                    || refuse(path, "»" + path + "« is in the package twice.", "Keep one of them.");
        }

        Optional<PackageContent> content() {
            return sound ? Optional.of(new PackageContent(files)) : Optional.empty();
        }
    }
}
