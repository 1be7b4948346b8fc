/** The door of the city's platform: signing in and out, the links by which people get an account, and what they can do with their own. */
@NullMarked
package city.emona.portal.door;

import org.jspecify.annotations.NullMarked;
