/**
 * Live streams: whoever follows a query hears of every change of what it finds, from a position of the store's log on, without a gap. Each
 * stream has a thread of its own, so that one whose client reads slowly delays nobody; it goes on from the log when it reads again.
 */
@NullMarked
package city.emona.broker.live;

import org.jspecify.annotations.NullMarked;
