package city.emona.store;

import java.nio.file.Path;

/** What a store held at one moment, as files that nobody changes. They are removed when it is closed. */
public interface StoreCheckpoint extends AutoCloseable {
    /** The folder with the files, which lie there as they have to lie in a data folder. */
    Path root();

    /** The position of a commit: it, and all before it, are in the files. */
    long position();

    @Override
    void close();
}
