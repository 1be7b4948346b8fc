package city.emona.app;

import city.emona.broker.UpsertCounts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a command brings entities: a running server, or a data folder that no server has open. */
interface EntityDestination extends AutoCloseable {
    /**
     * Adds entities, or adds and replaces the given attributes where they say something new, as one change.
     *
     * @param entities normalized or concise NGSI-LD
     * @param context what stands under {@code @context} for all of them
     * @throws city.emona.problem.Problem when they are refused
     */
    UpsertCounts put(List<ObjectNode> entities, JsonNode context) throws InterruptedException;

    /** Where people see it: the address of the server; without one, how to get there. */
    String pageAddress(String path);

    @Override
    void close();
}
