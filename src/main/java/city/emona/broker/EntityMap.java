package city.emona.broker;

import city.emona.json.Json;
import city.emona.time.Timestamps;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entities that a series of requests is about, fixed at its first (ETSI GS CIM 009 clauses 4.5.25 and 5.2.39). All are held here, since
 * there are no other sources.
 *
 * @param id a URI
 * @param expiresAt epoch milliseconds
 * @param entityIds the ids of the entities, in order
 */
public record EntityMap(String id, long expiresAt, List<String> entityIds) {
    /** The name of this broker among the sources of an entity. */
    private static final String LOCAL = "@none";

    public EntityMap {
        entityIds = List.copyOf(entityIds);
    }

    /** The map as the standard shows it. */
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("id", id).put("type", "EntityMap").put("expiresAt", Timestamps.format(expiresAt));
        ObjectNode sources = json.putObject("entityMap");
        entityIds.forEach(entity -> sources.putArray(entity).add(LOCAL));
        return json;
    }
}
