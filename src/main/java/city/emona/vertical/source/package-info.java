/**
 * Sources: supervised polls of feeds, the formats that they come in, and what is known of their health. A feed that is slow, broken or
 * gone costs its own entities their freshness and nothing else.
 */
@NullMarked
package city.emona.vertical.source;

import org.jspecify.annotations.NullMarked;
