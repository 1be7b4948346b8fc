/**
 * The demo city, as the packages of verticals declare it: documents that JSONata expressions make of the time and of the rhythm of a city.
 * Every reader sees the same city at the same moment, also one that asks for a moment of the past.
 */
@NullMarked
package city.emona.vertical.demo;

import org.jspecify.annotations.NullMarked;
