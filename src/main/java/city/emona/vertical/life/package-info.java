/**
 * The life of verticals: checked, planned, installed, edited, upgraded, rolled back and removed. What a package owns stands in a ledger,
 * and each step is one commit of the store, so that it happens as a whole or not at all.
 */
@NullMarked
package city.emona.vertical.life;

import org.jspecify.annotations.NullMarked;
