/**
 * The console: where the operators of the city's platform see what is on its way to others, what waits for them, and put it right. Its pages
 * are those of the portal, and each needs a right.
 */
@NullMarked
package city.emona.portal.console;

import org.jspecify.annotations.NullMarked;
