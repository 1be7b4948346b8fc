/**
 * The demo city: feeds with real places and made-up values that change as time passes. The server publishes them under its own address, and
 * the shipped verticals read them over HTTP as they would read any other feed. All that comes from here is marked as demo data.
 */
@NullMarked
package city.emona.app.demo;

import org.jspecify.annotations.NullMarked;
