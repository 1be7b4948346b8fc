/** The program: its commands, its configuration, and the one place where the parts are put together. */
@NullMarked
package city.emona.app;

import org.jspecify.annotations.NullMarked;
