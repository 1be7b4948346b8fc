/**
 * A thin layer over the HTTP server: requests and responses as values, a router, problem bodies, and event streams. Handlers that only
 * read memory run on the server's own threads; those that may wait run on virtual threads.
 */
@NullMarked
package city.emona.http;

import org.jspecify.annotations.NullMarked;
