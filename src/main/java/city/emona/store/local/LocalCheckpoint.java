package city.emona.store.local;

import city.emona.store.StoreCheckpoint;
import java.nio.file.Path;

/**
 * A checkpoint of RocksDB beside the store: its tables are further names of the same files, so that making it takes neither time nor room.
 */
record LocalCheckpoint(DataFolder folder, Path root, long position) implements StoreCheckpoint {
    @Override
    public void close() {
        folder.remove(root);
    }
}
