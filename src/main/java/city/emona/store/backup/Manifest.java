package city.emona.store.backup;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The names of a backup. Below {@link #DATA} are the files of the data folder, {@link #FACTS} says of when it is, and {@link #SUMS} has the
 * SHA-256 of each file in the form of the program {@code sha256sum}. That file is written last, so that a backup without it is not whole;
 * until then {@link #UNFINISHED} is there.
 */
public final class Manifest {
    /** Holds the files of the data folder. */
    static final String DATA = "data";

    /** Says of when the backup is, as JSON. */
    static final String FACTS = "backup.json";

    /** The SHA-256 of all files. */
    static final String SUMS = "SHA256SUMS";

    /** There as long as the backup is being made; whoever has it made writes a proof into it. */
    public static final String UNFINISHED = "UNFINISHED";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\\\]+)");

    private Manifest() {}

    /** What the backup says of itself. */
    public record Facts(String program, long createdAt, long position, long entities) {
        byte[] bytes() {
            String text = Json.prettyText(Json.object()
                    .put("program", program)
                    .put("createdAt", Timestamps.format(createdAt))
                    .put("position", position)
                    .put("entities", entities));
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        }

        static Facts of(JsonNode json) {
            return new Facts(
                    json.path("program").asString(""),
                    Timestamps.parse(json.path("createdAt").asString("")).orElse(0),
                    json.path("position").asLong(0),
                    json.path("entities").asLong(0));
        }
    }

    /** Whether a folder holds a backup that is whole as far as its names tell. */
    public static boolean isFinished(Path backup) {
        return Files.exists(backup.resolve(SUMS));
    }

    /** The SHA-256 by path, durably and at once. */
    static void write(Path backup, Map<String, String> sums) throws IOException {
        StringBuilder text = new StringBuilder();
        sums.forEach((path, sum) -> text.append(sum).append("  ").append(path).append('\n'));
        Path temporary = backup.resolve(SUMS + ".new");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, backup.resolve(SUMS), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads the SHA-256 by path.
     *
     * @throws Problem of type InvalidRequest when this is no backup, or one that was broken off, or the list is damaged
     */
    static SortedMap<String, String> read(Path backup) throws IOException {
        if (!isFinished(backup)) {
            boolean broken = Files.exists(backup.resolve(UNFINISHED));
            throw Problem.invalidRequest(
                    broken
                            ? "The backup in " + backup + " was broken off before it was whole."
                            : "There is no backup in " + backup + ": its file " + SUMS + " is missing.",
                    broken ? "Use another one, and delete this folder." : "Check the path.");
        }
        SortedMap<String, String> sums = new TreeMap<>();
        for (String line : Files.readString(backup.resolve(SUMS), StandardCharsets.ISO_8859_1)
                .split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            Matcher parts =
                    LINE.matcher(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            if (!parts.matches() || !isInside(backup, parts.group(2))) {
                throw Problem.invalidRequest(
                        "The file " + SUMS + " in " + backup + " is damaged.", "Use another backup.");
            }
            sums.put(parts.group(2), parts.group(1));
        }
        return sums;
    }

    private static boolean isInside(Path backup, String path) {
        return backup.resolve(path).normalize().startsWith(backup.normalize())
                && !Path.of(path).isAbsolute();
    }

    /** What a backup says of itself. */
    static Facts facts(Path backup) throws IOException {
        return Facts.of(Json.parse(Files.readAllBytes(backup.resolve(FACTS))));
    }
}
