/**
 * The demo city: the server publishes the feeds that the verticals declare under its own address, and their sources read them over HTTP as they
 * would read any other feed. All that comes from here is marked as demo data.
 */
@NullMarked
package city.emona.app.demo;

import org.jspecify.annotations.NullMarked;
