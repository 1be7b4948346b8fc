package city.emona.context;

import tools.jackson.databind.JsonNode;

/** Fetches the JSON document of a remote context. */
@FunctionalInterface
public interface DocumentLoader {
    /**
     * The document at an address.
     *
     * @throws city.emona.problem.Problem of type LdContextNotAvailable when it cannot be had, BadRequestData when it is no JSON
     */
    JsonNode load(String url);
}
