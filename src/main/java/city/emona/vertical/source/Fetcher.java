package city.emona.vertical.source;

import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
     * @param headers more header fields, for the server of the address alone
     * @param form what is posted, as {@code application/x-www-form-urlencoded}; empty to get
     */
    record Order(
            URI address,
            Fetched.Validators known,
            Duration timeout,
            int maxBytes,
            Map<String, String> headers,
            String form) {
        Order(URI address, Fetched.Validators known, Duration timeout, int maxBytes) {
            this(address, known, timeout, maxBytes, Map.of(), "");
        }

        Order withHeaders(Map<String, String> more) {
            return new Order(address, known, timeout, maxBytes, more, form);
        }

        Order withForm(String posted) {
            return new Order(address, known, timeout, maxBytes, headers, posted);
        }
    }
}
