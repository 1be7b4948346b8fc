package city.emona.store.local;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The folder of a store: {@code LOCK}, held by the process that has it open, {@code FORMAT}, which says which form the files have, and
 * {@code store}, the files of RocksDB.
 */
final class DataFolder implements AutoCloseable {
    /** The format of a folder without a format file: it is new. */
    static final int NEW = 0;

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final String CHECKPOINT = "checkpoint-";

    private final AtomicInteger checkpoints = new AtomicInteger();
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Locks a folder, and creates it if it does not exist.
     *
     * @throws StoreOpenException when another process has it or it cannot be written
     */
    static DataFolder lock(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = readHolder(channel);
                channel.close();
                throw new StoreOpenException("The data folder " + path + " is in use by another process" + holder
                        + ". Stop that one, or choose another folder with --data.");
            }
            String pid = "pid " + ProcessHandle.current().pid() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StoreOpenException(
                    "The data folder " + path + " cannot be used: " + e
                            + ". Check that the disk has room and that you may write there.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readHolder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(100);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "" : " (" + holder + ")";
    }

    /**
     * Makes a folder for what the store holds at a moment, with the format beside it.
     *
     * @param write makes the folder {@code store} in it
     */
    Path makeCheckpoint(Consumer<Path> write) {
        Path checkpoint = path.resolve(CHECKPOINT + checkpoints.incrementAndGet());
        try {
            remove(checkpoint);
            Files.createDirectory(checkpoint);
            write.accept(checkpoint.resolve("store"));
            Files.copy(path.resolve("FORMAT"), checkpoint.resolve("FORMAT"));
            return checkpoint;
        } catch (IOException e) {
            remove(checkpoint);
            throw new Problem(
                    ProblemType.INSUFFICIENT_STORAGE,
                    "What the store holds could not be set aside: " + e + ".",
                    "Check the disk of the data folder.");
        } catch (RuntimeException e) {
            remove(checkpoint);
            throw e;
        }
    }

    /** Removes what a process left that ended while it copied. */
    void removeCheckpoints() {
        try (Stream<Path> files = Files.list(path)) {
            files.filter(file -> file.getFileName().toString().startsWith(CHECKPOINT))
                    .forEach(this::remove);
        } catch (IOException e) {
            throw new StoreOpenException("The data folder " + path + " cannot be read: " + e + ".", e);
        }
    }

    /** Removes a checkpoint; what cannot be removed now goes at the next start. */
    void remove(Path checkpoint) {
        if (!Files.exists(checkpoint)) {
            return;
        }
        try (Stream<Path> below = Files.walk(checkpoint)) {
            for (Path one : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            LOG.warn("The folder {} could not be removed: {}", checkpoint, e.toString());
        }
    }

    /** Where RocksDB keeps its files. */
    Path store() {
        return path.resolve("store");
    }

    Path path() {
        return path;
    }

    /**
     * The number of the folder's format; {@link #NEW} for a new folder.
     *
     * @throws StoreOpenException when the format file is unreadable, or is missing although data is there
     */
    int format() {
        Path file = path.resolve("FORMAT");
        try {
            if (!Files.exists(file)) {
                if (holdsFiles(store())) {
                    throw new StoreOpenException(
                            "The data folder " + path + " holds data, but its file FORMAT is missing."
                                    + " Restore the folder from a backup, or choose another folder with --data.");
                }
                return NEW;
            }
            JsonNode format = Json.parse(Files.readAllBytes(file)).get("format");
            if (format == null || !format.isInt() || format.intValue() < 1) {
                throw unreadable(file, null);
            }
            return format.intValue();
        } catch (IOException | Problem e) {
            throw unreadable(file, e);
        }
    }

    private static StoreOpenException unreadable(Path file, @Nullable Exception cause) {
        StoreOpenException refusal = new StoreOpenException(
                "The file " + file
                        + " does not say the format of the data. Restore the folder from a backup, or choose another one with --data.");
        if (cause != null) {
            refusal.addSuppressed(cause);
        }
        return refusal;
    }

    private static boolean holdsFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Records the format, durably. */
    void writeFormat(int format) {
        String text = Json.text(Json.object().put("format", format)) + "\n";
        Path temporary = path.resolve("FORMAT.new");
        try {
            try (FileChannel out = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(temporary, path.resolve("FORMAT"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreOpenException(
                    "The data folder " + path + " cannot be written: " + e
                            + ". Check that the disk has room and that you may write there.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            // closing the channel releases the lock, and may be done twice
            channel.close();
        } catch (IOException e) {
            throw new StoreOpenException("The lock of the data folder " + path + " could not be released: " + e, e);
        }
    }
}
