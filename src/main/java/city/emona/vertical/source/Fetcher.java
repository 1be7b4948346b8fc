package city.emona.vertical.source;

import java.net.URI;
import java.time.Duration;

/** Gets documents. */
interface Fetcher {
    /**
     * Asks for a document.
     *
     * @throws SourceFailure when it cannot be had whole
     */
    Fetched fetch(Order order) throws SourceFailure, InterruptedException;

    /**
     * What is asked for.
     *
     * @param known the validators of the document that the caller has
     * @param timeout for the whole exchange, redirects included
     * @param maxBytes of the document, unpacked
     */
    record Order(URI address, Fetched.Validators known, Duration timeout, int maxBytes) {}
}
