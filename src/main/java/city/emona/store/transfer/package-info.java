/**
 * Everything a city has as lines of JSON, in a form that is none of any store's: entities with their history, and the documents of the
 * registry. Written and read line by line.
 */
@NullMarked
package city.emona.store.transfer;

import org.jspecify.annotations.NullMarked;
