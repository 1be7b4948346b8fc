package city.emona.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Instances of an entity's attributes, many of each, with expanded names (ETSI GS CIM 009 clauses 4.5.6 and 5.2.20).
 *
 * @param id a URI; empty in a fragment
 * @param types the expanded types; none in a fragment that does not name them
 * @param attributes the instances by the names of their attributes; scopes stand as {@link #SCOPE}
 */
public record EntityHistory(String id, List<String> types, Map<String, List<AttributeInstance>> attributes) {
    /** The name under which scopes have a history. */
    public static final String SCOPE = CoreTerms.NGSI_LD + "scope";

    public EntityHistory {
        types = List.copyOf(types);
        attributes = new LinkedHashMap<>(attributes);
        attributes.replaceAll((_, instances) -> List.copyOf(instances));
    }

    /**
     * The same as entities, of which each holds no more instances than an entity may.
     *
     * @param entityId the id that they have
     * @param now when they are written, in epoch milliseconds
     * @return at least one
     */
    public List<Entity> parts(String entityId, long now) {
        List<Entity> parts = new ArrayList<>();
        for (int from = 0; from == 0 || !isPast(from); from += Bounds.MAX_INSTANCES) {
            List<Attribute> part = new ArrayList<>();
            for (Map.Entry<String, List<AttributeInstance>> attribute : attributes.entrySet()) {
                List<AttributeInstance> instances = attribute.getValue();
                if (from < instances.size()) {
                    int to = Math.min(instances.size(), from + Bounds.MAX_INSTANCES);
                    part.add(new Attribute(attribute.getKey(), instances.subList(from, to)));
                }
            }
            parts.add(new Entity(entityId, types, List.of(), now, now, 0, part));
        }
        return parts;
    }

    private boolean isPast(int from) {
        return attributes.values().stream().allMatch(instances -> from >= instances.size());
    }
}
