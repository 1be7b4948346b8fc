package city.emona.broker;

/** Gets the document of a context from another server. */
@FunctionalInterface
public interface ContextFetcher {
    /**
     * Asks the server.
     *
     * @throws city.emona.problem.Problem of type LdContextNotAvailable when it cannot be had, BadRequestData when the address is none
     */
    Fetched fetch(String url);

    /**
     * What the server gave.
     *
     * @param document the body
     * @param expiresAt until when the server promises that it stays so, in epoch milliseconds; 0 where it says nothing
     */
    record Fetched(byte[] document, long expiresAt) {}
}
