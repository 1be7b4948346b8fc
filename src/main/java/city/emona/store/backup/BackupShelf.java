package city.emona.store.backup;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups, each in a folder named after its moment, of which the newest are kept. What does not have such a name is left alone.
 *
 * @param keep how many, at least one
 */
public record BackupShelf(Path folder, int keep) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'emona-'yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("emona-\\d{8}T\\d{6}\\.\\d{3}Z");

    public BackupShelf {
        if (keep < 1) {
            throw new IllegalArgumentException("at least one backup has to be kept");
        }
    }

    /** Where the backup of a moment goes. */
    public Path at(long epochMillis) {
        return folder.resolve(NAME.format(Instant.ofEpochMilli(epochMillis)));
    }

    /** When the backup in a folder was begun, in epoch milliseconds. */
    private static long moment(Path backup) {
        return Instant.from(NAME.parse(backup.getFileName().toString())).toEpochMilli();
    }

    /** When the newest whole backup was begun, in epoch milliseconds; 0 where there is none. */
    public long newest() {
        List<Path> whole = list();
        return whole.isEmpty() ? 0 : moment(whole.getLast());
    }

    /** The backups that are whole, the newest last. */
    public List<Path> list() {
        return all().stream().filter(Manifest::isFinished).toList();
    }

    private List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> FORM.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    "The folder of backups " + folder + " cannot be read: " + e + ".",
                    "Check its disk and its rights.");
        }
    }

    /**
     * Removes the oldest backups beyond those to keep, and what was broken off before the newest. A backup loses its list first, so that one
     * half removed is none.
     */
    public void prune() {
        List<Path> whole = list();
        if (whole.isEmpty()) {
            return;
        }
        List<Path> kept = whole.subList(Math.max(0, whole.size() - keep), whole.size());
        for (Path one : all()) {
            if (!kept.contains(one) && one.compareTo(kept.getLast()) < 0) {
                try {
                    Files.deleteIfExists(one.resolve(Manifest.SUMS));
                    FileTrees.remove(one);
                } catch (IOException e) {
                    throw new Problem(
                            ProblemType.UNAVAILABLE,
                            "The old backup " + one + " cannot be removed: " + e + ".",
                            "Remove it by hand.");
                }
            }
        }
    }
}
