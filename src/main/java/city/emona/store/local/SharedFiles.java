package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.local.RocksFiles.Family;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.rocksdb.RocksDBException;

/** The files that the one thread which writes may close and open again, while others read them. */
final class SharedFiles {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile RocksFiles files;
    private boolean closed;

    SharedFiles(RocksFiles files) {
        this.files = files;
    }

    /** The files, for the thread that writes. */
    RocksFiles files() {
        return files;
    }

    /**
     * Reads the records of one moment.
     *
     * @throws Problem of type Unavailable when the files are closed
     */
    <T> T read(Function<RocksView, T> reader) {
        lock.readLock().lock();
        try {
            requireOpen();
            try (RocksView view = files.view()) {
                return reader.apply(view);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new Problem(
                    ProblemType.UNAVAILABLE, "The store is closed.", "Try again when the server has started.");
        }
    }

    /**
     * Makes a folder with the records of this moment.
     *
     * @throws Problem of type Unavailable when the files are closed, of type InsufficientStorage when the disk refuses
     */
    void checkpoint(Path target) {
        lock.readLock().lock();
        try {
            requireOpen();
            files.checkpoint(target);
        } catch (RocksDBException e) {
            throw new Problem(
                    ProblemType.INSUFFICIENT_STORAGE,
                    "What the store holds could not be set aside: " + e.getMessage() + ".",
                    "Check the disk of the data folder.");
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Takes the records between two keys away, the second of them outside. */
    void trim(Family family, byte[] from, byte[] to) {
        lock.readLock().lock();
        try {
            if (!closed) {
                files.deleteRange(family, from, to);
            }
        } catch (RocksDBException e) {
            throw RocksView.unreadable(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes the files and opens them again, when nobody reads. */
    void reopen(GroupCommitter.FileOpener opener) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                files.close();
            }
            files = opener.open();
            closed = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Closes the files when nobody reads. */
    void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                files.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
