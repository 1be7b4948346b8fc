package city.emona.broker.temporal;

import city.emona.broker.AttributeSelector;
import city.emona.broker.Broker;
import city.emona.context.AttributeInstance;
import city.emona.context.EntityHistory;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.InstanceId;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The operations that write history (ETSI GS CIM 009 clauses 5.6.11 to 5.6.16). None of them changes current state. Safe for use by many
 * threads.
 */
public final class TemporalWrites {
    private final Broker broker;
    private final ContextStore store;

    public TemporalWrites(Broker broker, ContextStore store) {
        this.broker = broker;
        this.store = store;
    }

    /**
     * Create or Update Temporal Evolution of an Entity (clause 5.6.11).
     *
     * @return whether a history began
     */
    public boolean upsert(Tenant tenant, EntityHistory history) {
        if (tenant.isSnapshot()) {
            broker.requireTenant(tenant);
        }
        boolean known = store.findHistory(tenant, history.id()).isPresent();
        append(tenant, history.id(), history);
        return !known;
    }

    /**
     * Add Attributes to Temporal Evolution of an Entity (clause 5.6.12).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void addAttributes(Tenant tenant, String id, EntityHistory fragment) {
        requireHistory(tenant, id);
        append(tenant, id, fragment);
    }

    private void append(Tenant tenant, String id, EntityHistory history) {
        List<HistoryWrite.Addition> additions = new ArrayList<>();
        history.attributes()
                .forEach((name, instances) ->
                        instances.forEach(instance -> additions.add(new HistoryWrite.Addition(name, instance))));
        HistoryWrite append = new HistoryWrite.Append(id, history.types(), additions);
        store.commit(new ChangeSet(tenant, List.of(), broker.firstWrites(tenant), List.of(append)));
    }

    private void commit(Tenant tenant, HistoryWrite write) {
        store.commit(new ChangeSet(tenant, List.of(), List.of(), List.of(write)));
    }

    private HistoryHeader requireHistory(Tenant tenant, String id) {
        broker.requireTenant(tenant);
        return store.findHistory(tenant, id)
                .orElseThrow(() -> Problem.notFound("There is no history of an entity " + id + "."));
    }

    /**
     * Delete Attribute from Temporal Evolution of an Entity (clause 5.6.13).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void deleteAttribute(Tenant tenant, String id, AttributeSelector attribute) {
        requireHistory(tenant, id);
        String dataset = attribute.all() ? null : attribute.datasetId();
        requireSeries(tenant, id, attribute.name(), dataset);
        commit(tenant, new HistoryWrite.DeleteSeries(id, attribute.name(), dataset));
    }

    private void requireSeries(Tenant tenant, String id, String attribute, @Nullable String dataset) {
        if (latest(tenant, id, attribute, dataset).isEmpty()) {
            throw Problem.notFound("The history of the entity " + id + " has no attribute " + attribute
                    + (dataset == null || dataset.isEmpty() ? "." : " of the dataset " + dataset + "."));
        }
    }

    /** The latest instance of each series, and the latest deletion. */
    private List<Series> latest(Tenant tenant, String id, String attribute, @Nullable String dataset) {
        SeriesSelector selector = new SeriesSelector(Set.of(attribute), dataset == null ? null : Set.of(dataset));
        List<Series> latest = new ArrayList<>();
        for (TimeProperty property : List.of(TimeProperty.MODIFIED_AT, TimeProperty.DELETED_AT)) {
            latest.addAll(store.readHistory(
                    tenant, id, selector, HistoryRange.of(property).last(1)));
        }
        return latest;
    }

    /**
     * Modify Attribute Instance in Temporal Evolution of an Entity (clause 5.6.14).
     *
     * @param instanceId the URI of the instance that is replaced
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void replaceInstance(
            Tenant tenant, String id, String attribute, String instanceId, AttributeInstance instance) {
        InstanceId found = requireInstance(tenant, id, attribute, instanceId);
        commit(tenant, new HistoryWrite.ReplaceInstance(id, attribute, found, instance));
    }

    /**
     * Delete Attribute Instance from Temporal Evolution of an Entity (clause 5.6.15).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void deleteInstance(Tenant tenant, String id, String attribute, String instanceId) {
        InstanceId found = requireInstance(tenant, id, attribute, instanceId);
        commit(tenant, new HistoryWrite.DeleteInstance(id, attribute, found));
    }

    private InstanceId requireInstance(Tenant tenant, String id, String attribute, String instanceId) {
        requireHistory(tenant, id);
        requireSeries(tenant, id, attribute, null);
        return InstanceId.parse(instanceId)
                .filter(parsed -> hasInstance(tenant, id, attribute, parsed))
                .orElseThrow(() -> Problem.notFound("The history of the attribute " + attribute + " of the entity " + id
                        + " has no instance " + instanceId + "."));
    }

    private boolean hasInstance(Tenant tenant, String id, String attribute, InstanceId instance) {
        SeriesSelector selector = new SeriesSelector(Set.of(attribute), null);
        long written = Math.multiplyExact(instance.recordedAt(), 1_000L);
        List<HistoryRange> ranges = List.of(
                HistoryRange.between(TimeProperty.CREATED_AT, written, written + 1),
                HistoryRange.of(TimeProperty.DELETED_AT));
        return ranges.stream()
                .flatMap(range -> store.readHistory(tenant, id, selector, range).stream())
                .flatMap(series -> series.points().stream())
                .anyMatch(point -> point.id().equals(instance));
    }

    /**
     * Delete Temporal Evolution of an Entity (clause 5.6.16).
     *
     * @throws Problem of type ResourceNotFound or NonexistentTenant
     */
    public void delete(Tenant tenant, String id) {
        requireHistory(tenant, id);
        commit(tenant, new HistoryWrite.DeleteEntity(id));
    }

    /**
     * Takes note of the deletion of an attribute of an entity that has a history and no current state (clauses 4.5.7 and 5.6.5).
     *
     * @return whether the entity is such a one and has the attribute
     */
    public boolean recordDeletion(Tenant tenant, String id, AttributeSelector attribute) {
        Optional<HistoryHeader> history = store.findHistory(tenant, id);
        if (history.isEmpty()
                || history.get().deletedAt() != 0
                || store.findEntity(tenant, id).isPresent()) {
            return false;
        }
        String dataset = attribute.all() ? null : attribute.datasetId();
        long now = broker.now();
        Map<String, AttributeInstance> deletions = new LinkedHashMap<>();
        for (Series series : latest(tenant, id, attribute.name(), dataset)) {
            HistoryPoint point = series.points().getLast();
            deletions.put(series.datasetId(), deletion(point.instance(), now));
        }
        if (deletions.isEmpty()) {
            return false;
        }
        append(tenant, id, new EntityHistory(id, List.of(), Map.of(attribute.name(), List.copyOf(deletions.values()))));
        return true;
    }

    private static AttributeInstance deletion(AttributeInstance present, long now) {
        JsonNode value = AttributeInstance.nullOf(present.type());
        return new AttributeInstance(
                present.type(), value, present.datasetId(), null, null, null, now, now, 0, List.of());
    }
}
