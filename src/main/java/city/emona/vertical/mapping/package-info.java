/**
 * From records to entities: JSONata mappings with the functions that feeds need, bounded in time and depth, and the JSON Schemas that the
 * results must keep.
 */
@NullMarked
package city.emona.vertical.mapping;

import org.jspecify.annotations.NullMarked;
