/**
 * Indicators: numbers by which the city steers, computed from the state and the history of its entities, from each other, or read by
 * people. Each is an entity with a history, a status and a reason for it.
 */
@NullMarked
package city.emona.vertical.indicator;

import org.jspecify.annotations.NullMarked;
