/**
 * Backups: what a data folder holds at one moment, copied while the program runs into a folder that says of each file by its SHA-256 what it
 * has to be; verified, restored, and kept in a number.
 */
@NullMarked
package city.emona.store.backup;

import org.jspecify.annotations.NullMarked;
