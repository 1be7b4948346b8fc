package city.emona.store;

import java.util.List;

/**
 * Changes that become durable together or not at all.
 *
 * @param entities at most one write for each entity
 */
public record ChangeSet(
        Tenant tenant, List<EntityWrite> entities, List<DocumentWrite> documents, List<HistoryWrite> history) {
    /** Changes nothing. */
    public static final ChangeSet NONE = new ChangeSet(Tenant.DEFAULT, List.of(), List.of());

    public ChangeSet {
        entities = List.copyOf(entities);
        documents = List.copyOf(documents);
        history = List.copyOf(history);
    }

    public ChangeSet(Tenant tenant, List<EntityWrite> entities, List<DocumentWrite> documents) {
        this(tenant, entities, documents, List.of());
    }

    /** A change of entities alone. */
    public static ChangeSet ofEntities(Tenant tenant, List<EntityWrite> entities) {
        return new ChangeSet(tenant, entities, List.of());
    }

    public boolean isEmpty() {
        return entities.isEmpty() && documents.isEmpty() && history.isEmpty();
    }
}
