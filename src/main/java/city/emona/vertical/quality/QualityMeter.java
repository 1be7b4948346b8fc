package city.emona.vertical.quality;

import city.emona.broker.Broker;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import city.emona.vertical.DatasetSpec;
import city.emona.vertical.EntityDraft;
import city.emona.vertical.Models;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.QualitySpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.BrokerCity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Measures datasets and writes what it found as entities, where it is other than before. Safe for use by many threads. */
public final class QualityMeter {
    private static final double PERCENT = 100;

    /** Shares are told with one decimal place, so that a history has no noise. */
    private static final double STEPS = 10;

    private final Broker broker;
    private final BrokerCity city;

    public QualityMeter(Broker broker) {
        this.broker = broker;
        this.city = new BrokerCity(broker);
    }

    /** What is known of a dataset; empty before it was measured first. */
    public Optional<Quality> find(Vertical vertical, DatasetSpec dataset) {
        return broker.find(Tenant.DEFAULT, QualityTerms.id(vertical.id(), dataset.id()))
                .map(Quality::of);
    }

    /** Measures every dataset of a vertical of which something is promised. */
    public void measure(Vertical vertical) {
        for (DatasetSpec dataset : vertical.datasets()) {
            dataset.findQuality().ifPresent(promised -> measure(vertical, dataset, promised));
        }
    }

    private void measure(Vertical vertical, DatasetSpec dataset, QualitySpec promised) {
        long now = broker.now();
        List<Entity> entities = new ArrayList<>();
        for (String term : dataset.types()) {
            vertical.models()
                    .findType(term)
                    .map(Models.EntityType::iri)
                    .ifPresent(type -> entities.addAll(city.ofType(type)));
        }
        Map<Dimension, Double> shares = new EnumMap<>(Dimension.class);
        if (!entities.isEmpty()) {
            shares.put(
                    Dimension.FRESHNESS,
                    freshness(entities, now - promised.freshness().toMillis()));
            if (!promised.complete().isEmpty()) {
                shares.put(Dimension.COMPLETENESS, completeness(entities, promised.complete()));
            }
            if (!promised.unique().isEmpty()) {
                shares.put(Dimension.UNIQUENESS, uniqueness(entities, promised.unique()));
            }
            validity(vertical).ifPresent(share -> shares.put(Dimension.VALIDITY, share));
        }
        Quality.Status status = shares.isEmpty()
                ? Quality.Status.UNKNOWN
                : shares.values().stream().allMatch(share -> share >= promised.atLeast())
                        ? Quality.Status.KEPT
                        : Quality.Status.BROKEN;
        write(vertical, dataset, shares, status, now);
    }

    private static double rounded(double share) {
        return Math.floor(share * STEPS) / STEPS;
    }

    private static double freshness(List<Entity> entities, long oldest) {
        long fresh =
                entities.stream().filter(entity -> newest(entity) >= oldest).count();
        return rounded(PERCENT * fresh / entities.size());
    }

    /** When the newest value of an entity was observed; where no value tells, when it was changed. */
    private static long newest(Entity entity) {
        long newest = Long.MIN_VALUE;
        for (Attribute attribute : entity.attributes()) {
            String observedAt = attribute.main().observedAt();
            if (observedAt != null) {
                newest = Math.max(newest, Timestamps.parse(observedAt).orElse(Long.MIN_VALUE));
            }
        }
        return newest == Long.MIN_VALUE ? entity.modifiedAt() : newest;
    }

    private static double completeness(List<Entity> entities, List<String> wanted) {
        long present = 0;
        for (Entity entity : entities) {
            present += wanted.stream()
                    .filter(name -> entity.findAttribute(name).isPresent())
                    .count();
        }
        return rounded(PERCENT * present / ((double) entities.size() * wanted.size()));
    }

    private static double uniqueness(List<Entity> entities, String key) {
        Map<String, Integer> counts = new HashMap<>();
        for (Entity entity : entities) {
            counts.merge(keyOf(entity, key), 1, Integer::sum);
        }
        long alone = entities.stream()
                .filter(entity -> counts.getOrDefault(keyOf(entity, key), 0) == 1)
                .count();
        return rounded(PERCENT * alone / entities.size());
    }

    private static String keyOf(Entity entity, String key) {
        // an entity without a key is like no other
        return entity.findValue(key).map(Json::text).orElse(entity.id());
    }

    /** What the sources of a vertical could use of the last documents that brought records. */
    private Optional<Double> validity(Vertical vertical) {
        double accepted = 0;
        double rejected = 0;
        for (Entity source : city.ofType(PlatformTerms.DATA_SOURCE)) {
            if (source.findText(QualityTerms.VERTICAL)
                    .filter(vertical.id()::equals)
                    .isPresent()) {
                accepted += number(source, "acceptedRecords");
                rejected += number(source, "rejectedRecords");
            }
        }
        double all = accepted + rejected;
        return all == 0 ? Optional.empty() : Optional.of(rounded(PERCENT * accepted / all));
    }

    private static double number(Entity source, String term) {
        return source.findValue(PlatformTerms.NAMESPACE + term)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .orElse(0.0);
    }

    private void write(
            Vertical vertical, DatasetSpec dataset, Map<Dimension, Double> shares, Quality.Status status, long now) {
        Optional<Quality> before = find(vertical, dataset);
        boolean sameStatus = before.filter(known -> known.status() == status).isPresent();
        if (sameStatus && before.filter(known -> known.shares().equals(shares)).isPresent()) {
            return;
        }
        String id = QualityTerms.id(vertical.id(), dataset.id());
        EntityDraft draft = new EntityDraft(id, QualityTerms.MEASUREMENT, now)
                .languages(QualityTerms.NAME, dataset.title())
                .text(QualityTerms.VERTICAL, vertical.id())
                .text(QualityTerms.DATASET, dataset.id())
                .text(QualityTerms.STATUS, status.term())
                .time(
                        QualityTerms.SINCE,
                        sameStatus ? before.map(Quality::since).orElse(now) : now);
        shares.forEach(
                (dimension, share) -> draft.observed(QualityTerms.share(dimension), Json.fromPlain(share), "P1", now));
        broker.upsertAll(Tenant.DEFAULT, List.of(draft.entity()));
        withoutOthers(id, shares, now);
    }

    /** Takes back what could be measured before and cannot now. */
    private void withoutOthers(String id, Map<Dimension, Double> shares, long now) {
        broker.edit(Tenant.DEFAULT, id, TypeSelection.ANY, entity -> {
            Entity next = entity;
            for (Dimension dimension : Dimension.values()) {
                if (!shares.containsKey(dimension)
                        && next.findAttribute(QualityTerms.share(dimension)).isPresent()) {
                    next = next.withoutAttribute(QualityTerms.share(dimension)).withTimes(entity.createdAt(), now);
                }
            }
            return next;
        });
    }
}
