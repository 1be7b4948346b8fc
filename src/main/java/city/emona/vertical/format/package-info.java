/**
 * From documents to records: every format that sources come in, cut into maps, lists, strings, numbers, booleans and nulls for the mappings.
 * What is wrong with one record is said of that record; only a document that is no such document is a failure.
 */
@NullMarked
package city.emona.vertical.format;

import org.jspecify.annotations.NullMarked;
