/**
 * The one interface between the broker and its storage: atomic, durable change-sets of entities and documents, and reads of the current
 * state that never wait for a disk. Nothing above this package knows which implementation runs.
 */
@NullMarked
package city.emona.store;

import org.jspecify.annotations.NullMarked;
