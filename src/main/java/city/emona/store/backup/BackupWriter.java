package city.emona.store.backup;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ContextStore;
import city.emona.store.StoreCheckpoint;
import city.emona.store.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a backup of a data folder whose store is open. Safe for use by many threads.
 *
 * @param data the data folder
 * @param program the name and version of the program, for the backup to tell
 */
public record BackupWriter(Path data, ContextStore store, String program, Clock clock) {
    /**
     * The folders beside the store that belong to it. They are copied before it, so that what a source has taken meanwhile is there twice and
     * not missing: taken again, it changes nothing.
     */
    private static final List<String> BESIDE = List.of("inbox");

    private static final String SECRETS = "secrets";

    /**
     * Makes a backup. When this returns, it is on disk.
     *
     * @param target an empty folder, or one that holds {@link Manifest#UNFINISHED} alone
     * @param secrets whether the secrets of sources are copied as well
     * @throws Problem of type InsufficientStorage when the disk refuses, of type Conflict when the folder holds other things
     */
    public Manifest.Facts write(Path target, boolean secrets, Progress progress) {
        try {
            requireEmpty(target);
            return writeUnchecked(target, secrets, progress);
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.INSUFFICIENT_STORAGE,
                    "The backup in " + target + " could not be finished: " + e + ".",
                    "Check that its disk has room and that the server may write there, delete the folder, and try again.");
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        FileTrees.createForOwner(target);
        Path unfinished = target.resolve(Manifest.UNFINISHED);
        if (!Files.exists(unfinished)) {
            if (!FileTrees.isEmpty(target)) {
                throw notEmpty(target);
            }
            Files.createFile(unfinished);
        } else if (FileTrees.files(target).size() != 1) {
            throw notEmpty(target);
        }
    }

    private static Problem notEmpty(Path target) {
        return new Problem(
                ProblemType.CONFLICT,
                "The folder " + target + " is not empty.",
                "Name one that is empty or does not exist.");
    }

    private Manifest.Facts writeUnchecked(Path target, boolean secrets, Progress progress) throws IOException {
        List<Path> beside = new ArrayList<>();
        for (String folder : BESIDE) {
            beside.addAll(FileTrees.files(data.resolve(folder)));
        }
        if (secrets) {
            beside.addAll(FileTrees.files(data.resolve(SECRETS)));
        }
        long sizeBeside = FileTrees.bytes(beside);
        SortedMap<String, String> sums = new TreeMap<>();
        copy(data, beside, target, new Hashing(progress, sizeBeside + FileTrees.bytes(FileTrees.files(data))), sums);
        Manifest.Facts facts;
        try (StoreCheckpoint checkpoint = store.checkpoint()) {
            facts = new Manifest.Facts(program, clock.millis(), checkpoint.position(), countEntities());
            List<Path> files = FileTrees.files(checkpoint.root());
            Progress further = (bytes, ofBytes) -> progress.at(sizeBeside + bytes, sizeBeside + ofBytes);
            copy(checkpoint.root(), files, target, new Hashing(further, FileTrees.bytes(files)), sums);
        }
        Path factsFile = target.resolve(Manifest.FACTS);
        Files.write(factsFile, facts.bytes());
        sums.put(Manifest.FACTS, new Hashing(Progress.NONE, 0).hash(factsFile));
        FileTrees.sync(target);
        Manifest.write(target, sums);
        Files.delete(target.resolve(Manifest.UNFINISHED));
        FileTrees.sync(target);
        return facts;
    }

    private long countEntities() {
        long sum = 0;
        for (Tenant tenant : store.listTenants()) {
            sum += store.countEntities(tenant);
        }
        return sum;
    }

    private static void copy(Path root, List<Path> files, Path target, Hashing hashing, SortedMap<String, String> sums)
            throws IOException {
        for (Path file : files) {
            Path relative = root.relativize(file);
            Path to = target.resolve(Manifest.DATA).resolve(relative);
            FileTrees.createFolderOf(to);
            try {
                String sum = hashing.copy(file, to);
                sums.put(Manifest.DATA + "/" + relative.toString().replace('\\', '/'), sum);
            } catch (NoSuchFileException e) {
                // a source has taken the file from the inbox since the look, and what was in it is in the store
                if (Files.exists(file)) {
                    throw e;
                }
            }
        }
    }
}
