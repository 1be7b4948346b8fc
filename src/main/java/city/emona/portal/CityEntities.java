package city.emona.portal;

import city.emona.broker.Broker;
import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.query.EntityQuery;
import city.emona.store.EntityPage;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The city's entities, as the pages read them: always current, from memory; and their history, from the disk. */
final class CityEntities {
    private final Broker broker;

    CityEntities(Broker broker) {
        this.broker = broker;
    }

    /** All entities of a type, by id. */
    List<Entity> ofType(String type) {
        List<Entity> all = new ArrayList<>();
        EntityQuery query = EntityQuery.ofType(type).withLimit(EntityQuery.MAX_LIMIT);
        EntityPage page = broker.query(Tenant.DEFAULT, query);
        all.addAll(page.entities());
        while (page.more()) {
            page = broker.query(Tenant.DEFAULT, query.withOffset(all.size()));
            all.addAll(page.entities());
        }
        return all;
    }

    Optional<Entity> find(String id) {
        return broker.find(Tenant.DEFAULT, id);
    }

    /** An entity as it is; where it is no more, as its history has it last. */
    Optional<KnownEntity> findKnown(String id) {
        Optional<KnownEntity> current = find(id).map(entity -> new KnownEntity(entity, true, 0));
        return current.isPresent()
                ? current
                : broker.findHistory(Tenant.DEFAULT, id)
                        .map(header -> new KnownEntity(asItWas(header), false, header.deletedAt()));
    }

    /** What was observed last, and of all else what it had when it was deleted. */
    private Entity asItWas(HistoryHeader header) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        addLast(header.id(), SeriesSelector.ALL, HistoryRange.of(TimeProperty.OBSERVED_AT), attributes);
        if (header.deletedAt() > 0) {
            long deletion = 1_000 * header.deletedAt();
            Set<String> unobserved = new HashSet<>();
            readHistory(
                            header.id(),
                            SeriesSelector.ALL,
                            HistoryRange.between(TimeProperty.DELETED_AT, deletion, deletion + 1_000))
                    .forEach(series -> unobserved.add(series.attribute()));
            unobserved.removeAll(attributes.keySet());
            if (!unobserved.isEmpty()) {
                addLast(
                        header.id(),
                        new SeriesSelector(unobserved, null),
                        HistoryRange.of(TimeProperty.MODIFIED_AT),
                        attributes);
            }
        }
        attributes.remove(SeriesSelector.SCOPE);
        return new Entity(
                header.id(),
                header.types(),
                List.of(),
                header.createdAt(),
                header.modifiedAt(),
                0,
                List.copyOf(attributes.values()));
    }

    private void addLast(String id, SeriesSelector selector, HistoryRange range, Map<String, Attribute> attributes) {
        for (Series series : readHistory(id, selector, range.last(1))) {
            List<AttributeInstance> instances = new ArrayList<>();
            Attribute others = attributes.get(series.attribute());
            if (others != null) {
                instances.addAll(others.instances());
            }
            series.points().forEach(point -> instances.add(point.instance()));
            attributes.put(series.attribute(), new Attribute(series.attribute(), instances));
        }
    }

    /** The attributes that were ever observed, with the dataset and the time of the last observation of each. */
    List<Series> lastObservations(String id) {
        return readHistory(
                id,
                SeriesSelector.ALL,
                HistoryRange.of(TimeProperty.OBSERVED_AT).last(1));
    }

    /** Series of an entity, without the instances that have expired. */
    List<Series> readHistory(String id, SeriesSelector series, HistoryRange range) {
        long now = broker.now();
        List<Series> shown = new ArrayList<>();
        for (Series one : broker.readHistory(Tenant.DEFAULT, id, series, range)) {
            List<HistoryPoint> points = one.points().stream()
                    .filter(point -> !point.instance().isExpired(now))
                    .toList();
            if (!points.isEmpty()) {
                shown.add(new Series(one.attribute(), one.datasetId(), points));
            }
        }
        return shown;
    }

    /** Goes through series of an entity; whether an instance has expired is for the scan to see. */
    void scanHistory(String id, SeriesSelector series, HistoryRange range, SeriesScan scan) {
        broker.scanHistory(Tenant.DEFAULT, id, series, range, scan);
    }
}
