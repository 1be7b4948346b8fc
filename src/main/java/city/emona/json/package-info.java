/** JSON: the one mapper of the program, and a writer of UTF-8 bytes for the paths where every microsecond counts. */
@NullMarked
package city.emona.json;

import org.jspecify.annotations.NullMarked;
