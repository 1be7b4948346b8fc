/**
 * The benchmark: starts servers as processes of their own, loads them over HTTP in interleaved rounds, and prints medians and ratios. An
 * answer that is wrong voids the figure it was measured for. It talks to loopback addresses only.
 */
@NullMarked
package city.emona.app.bench;

import org.jspecify.annotations.NullMarked;
