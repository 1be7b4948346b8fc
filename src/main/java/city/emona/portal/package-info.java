/**
 * What people see: pages rendered on the server in Slovene and English, complete without JavaScript, with a living map and live values
 * on top. Every visible word of the portal itself stands in the text catalogue; what a vertical shows comes from its declaration.
 */
@NullMarked
package city.emona.portal;

import org.jspecify.annotations.NullMarked;
