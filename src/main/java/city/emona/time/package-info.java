/** Points in time as the standards write them, and the clock of the program. */
@NullMarked
package city.emona.time;

import org.jspecify.annotations.NullMarked;
