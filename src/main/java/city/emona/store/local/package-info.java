/**
 * The embedded store: RocksDB holds the truth, an in-memory image answers every read, and one thread commits what many ask for, a group
 * at a time with one sync of the disk.
 */
@NullMarked
package city.emona.store.local;

import org.jspecify.annotations.NullMarked;
