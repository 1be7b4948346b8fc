package city.emona.store.backup;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A backup that is there: verifies and restores it. */
public record BackupReader(Path backup) {
    /** Holds what is being restored until all of it is known to be right. */
    private static final String RESTORING = "RESTORING";

    private static final String FORMAT = "FORMAT";

    /**
     * Compares every file with what it has to be.
     *
     * @return what is wrong, as sentences; nothing where the backup is whole
     * @throws Problem of type InvalidRequest when there is no backup that was finished
     */
    public List<String> verify(Progress progress) {
        try {
            SortedMap<String, String> sums = Manifest.read(backup);
            List<String> wrong = new ArrayList<>();
            Hashing hashing = new Hashing(progress, FileTrees.bytes(FileTrees.files(backup)));
            for (Map.Entry<String, String> one : sums.entrySet()) {
                Path file = backup.resolve(one.getKey());
                if (!Files.isRegularFile(file)) {
                    wrong.add("The file " + one.getKey() + " is missing.");
                } else if (!hashing.hash(file).equals(one.getValue())) {
                    wrong.add("The file " + one.getKey() + " is not what it was.");
                }
            }
            for (Path file : FileTrees.files(backup)) {
                String path = backup.relativize(file).toString().replace('\\', '/');
                if (!sums.containsKey(path) && !path.equals(Manifest.SUMS)) {
                    wrong.add("The file " + path + " does not belong to the backup.");
                }
            }
            return wrong;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Problem unreadable(IOException e) {
        return Problem.invalidRequest(
                "The backup in " + backup + " cannot be read: " + e + ".", "Check its disk and its rights.");
    }

    /** What the backup says of itself. */
    public Manifest.Facts facts() {
        try {
            Manifest.read(backup);
            return Manifest.facts(backup);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Makes a data folder of the backup. Each file is compared with what it has to be on its way, and only when all are right they are put
     * in place; until the last one is, no program opens the folder.
     *
     * @param data an empty folder, or one that does not exist
     * @throws Problem of type Conflict when the folder is not empty, of type InvalidRequest when a file is not what it was or the disk
     *     refuses; the folder is then as before
     */
    public Manifest.Facts restore(Path data, Progress progress) {
        try {
            SortedMap<String, String> sums = Manifest.read(backup);
            requireEmpty(data);
            Path staging = data.resolve(RESTORING);
            try {
                copy(sums, staging, progress);
                putInPlace(staging, data);
            } finally {
                FileTrees.remove(staging);
            }
            return Manifest.facts(backup);
        } catch (IOException e) {
            throw Problem.invalidRequest(
                    "The backup could not be restored into " + data + ": " + e + ".",
                    "Check that the disk has room and that you may write there.");
        }
    }

    private static void requireEmpty(Path data) throws IOException {
        if (Files.exists(data) && (!Files.isDirectory(data) || !FileTrees.isEmpty(data))) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    data + " is not an empty folder, and a restore overwrites nothing.",
                    "Name another one with --data, or move this one away.");
        }
    }

    private void copy(SortedMap<String, String> sums, Path staging, Progress progress) throws IOException {
        Hashing hashing = new Hashing(progress, FileTrees.bytes(FileTrees.files(backup)));
        for (Map.Entry<String, String> one : sums.entrySet()) {
            Path file = backup.resolve(one.getKey());
            Path target = staging.resolve(one.getKey());
            FileTrees.createFolderOf(target);
            if (!Files.isRegularFile(file) || !hashing.copy(file, target).equals(one.getValue())) {
                throw Problem.invalidRequest(
                        "The file " + one.getKey()
                                + " of the backup is missing or not what it was; nothing was restored.",
                        "Use another backup; ./emona backup " + backup
                                + " --verify lists all that is wrong with this one.");
            }
        }
        if (!sums.containsKey(Manifest.DATA + "/" + FORMAT)) {
            throw Problem.invalidRequest("The backup in " + backup + " holds no store.", "Use another backup.");
        }
        FileTrees.sync(staging);
    }

    private static void putInPlace(Path staging, Path data) throws IOException {
        Path files = staging.resolve(Manifest.DATA);
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.filter(f -> !f.endsWith(FORMAT)).toList()) {
                Files.move(file, data.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        FileTrees.sync(data);
        Files.move(files.resolve(FORMAT), data.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
        FileTrees.sync(data);
    }
}
