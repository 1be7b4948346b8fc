package city.emona.context;

import tools.jackson.databind.JsonNode;

/** Brings the JSON documents of contexts that the platform does not publish itself. */
@FunctionalInterface
public interface DocumentLoader {
    /**
     * The document at an address.
     *
     * @throws city.emona.problem.Problem of type LdContextNotAvailable when it cannot be had, BadRequestData when it is no JSON
     */
    JsonNode load(String url);

    /** Whether an address, even one without a scheme and host, is that of a context that this server holds. */
    default boolean holds(String address) {
        return false;
    }

    /** Takes note that a context of this address served a request. Called for every request: it must not wait. */
    default void used(String address) {}
}
