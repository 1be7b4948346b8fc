/**
 * The quality of datasets: how fresh, complete, valid and unique their entities are, measured against what the verticals promise and kept
 * as entities with a history.
 */
@NullMarked
package city.emona.vertical.quality;

import org.jspecify.annotations.NullMarked;
