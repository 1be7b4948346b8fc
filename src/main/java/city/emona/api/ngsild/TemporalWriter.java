package city.emona.api.ngsild;

import city.emona.broker.temporal.AggregatedEvolution;
import city.emona.broker.temporal.AggregatedSeries;
import city.emona.broker.temporal.AggregationMethod;
import city.emona.broker.temporal.AttributeHistory;
import city.emona.broker.temporal.Evolution;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.InstanceWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.json.JsonOut;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes histories as JSON without a context (clauses 4.5.6 to 4.5.9 and 4.5.19). */
final class TemporalWriter {
    private final TermTable terms;
    private final Representation representation;
    private final boolean values;
    private final InstanceWriter instances;

    TemporalWriter(TemporalRequest asked) {
        this.terms = asked.terms();
        this.representation = asked.representation();
        this.values = asked.form() instanceof TemporalForm.Values;
        this.instances = new InstanceWriter(terms, representation);
    }

    byte[] write(Evolution evolution) {
        JsonOut out = new JsonOut(4096);
        begin(evolution.entity(), out);
        byAttribute(evolution.attributes(), AttributeHistory::attribute).forEach((name, histories) -> {
            out.name(member(name));
            if (values) {
                array(valuesOf(histories), out);
            } else {
                instances(histories, out);
            }
            out.ascii(',');
        });
        return end(evolution.entity(), out);
    }

    byte[] write(AggregatedEvolution evolution) {
        JsonOut out = new JsonOut(4096);
        begin(evolution.entity(), out);
        byAttribute(evolution.series(), AggregatedSeries::attribute).forEach((name, all) -> {
            out.name(member(name));
            array(all.stream().map(TemporalWriter::aggregated).toList(), out);
            out.ascii(',');
        });
        return end(evolution.entity(), out);
    }

    private static <T> Map<String, List<T>> byAttribute(List<T> all, Function<T, String> attribute) {
        Map<String, List<T>> grouped = new LinkedHashMap<>();
        all.forEach(each -> grouped.computeIfAbsent(attribute.apply(each), _ -> new ArrayList<>())
                .add(each));
        return grouped;
    }

    private String member(String attribute) {
        return attribute.equals(SeriesSelector.SCOPE) ? "scope" : terms.compact(attribute);
    }

    private void begin(HistoryHeader entity, JsonOut out) {
        out.ascii('{');
        if (representation.shows("id")) {
            out.ascii("\"id\":").string(entity.id()).ascii(',');
        }
        if (representation.shows("type") && !entity.types().isEmpty()) {
            List<String> types = representation.version().hasDatasets()
                    ? entity.types()
                    : entity.types().subList(0, 1);
            out.ascii("\"type\":");
            array(
                    types.stream()
                            .map(type ->
                                    new JsonOut().string(terms.compact(type)).toBytes())
                            .toList(),
                    out);
            out.ascii(',');
        }
    }

    private byte[] end(HistoryHeader entity, JsonOut out) {
        if (representation.systemAttributes()) {
            time("createdAt", entity.createdAt(), out);
            time("modifiedAt", entity.modifiedAt(), out);
            if (entity.deletedAt() != 0) {
                time("deletedAt", entity.deletedAt(), out);
            }
        }
        if (out.last() == ',') {
            out.drop(1);
        }
        return out.ascii('}').toBytes();
    }

    private static void time(String name, long millis, JsonOut out) {
        out.name(name).string(Timestamps.format(millis)).ascii(',');
    }

    /** One object alone, several as an array. */
    private static void array(List<byte[]> all, JsonOut out) {
        if (all.size() == 1) {
            out.raw(all.getFirst());
            return;
        }
        out.ascii('[');
        for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            out.raw(all.get(i));
        }
        out.ascii(']');
    }

    private void instances(List<AttributeHistory> histories, JsonOut out) {
        out.ascii('[');
        for (AttributeHistory history : histories) {
            for (HistoryPoint point : history.points()) {
                long deletedAt = point.isDeleted() ? point.instance().modifiedAt() : 0;
                instances.write(shown(history, point), point.id().uri(), deletedAt, out);
                out.ascii(',');
            }
        }
        if (out.last() == ',') {
            out.drop(1);
        }
        out.ascii(']');
    }

    /** The instance as it is shown: created when it was recorded, and without any scope where scopes were deleted. */
    private static AttributeInstance shown(AttributeHistory history, HistoryPoint point) {
        AttributeInstance instance = point.instance().withCreatedAt(point.id().recordedAt());
        return point.isDeleted() && history.attribute().equals(SeriesSelector.SCOPE)
                ? instance.withValue(Json.array())
                : instance;
    }

    /** What tells the lists of pairs of an attribute from each other. */
    private record Group(String datasetId, AttributeType type) {}

    private List<byte[]> valuesOf(List<AttributeHistory> histories) {
        Map<Group, JsonOut> groups = new LinkedHashMap<>();
        for (AttributeHistory history : histories) {
            if (history.points().isEmpty()) {
                group(groups, new Group(history.datasetId(), history.type()));
            }
            for (HistoryPoint point : history.points()) {
                AttributeInstance instance = shown(history, point);
                JsonOut out = group(groups, new Group(history.datasetId(), instances.type(instance)));
                out.ascii('[');
                instances.writeValue(instance, out);
                out.ascii(',').string(time(history.property(), point)).ascii("],");
            }
        }
        return groups.values().stream().map(TemporalWriter::closed).toList();
    }

    private static JsonOut group(Map<Group, JsonOut> groups, Group group) {
        return groups.computeIfAbsent(
                group,
                _ -> described(group.type, group.datasetId)
                        .name(group.type.valuesMember())
                        .ascii('['));
    }

    private static JsonOut described(AttributeType type, String datasetId) {
        JsonOut out = new JsonOut();
        out.ascii("{\"type\":\"").ascii(type.term()).ascii("\",");
        if (!datasetId.isEmpty()) {
            out.ascii("\"datasetId\":").string(datasetId).ascii(',');
        }
        return out;
    }

    private static byte[] closed(JsonOut out) {
        if (out.last() == ',') {
            out.drop(1);
        }
        return out.ascii("]}").toBytes();
    }

    /** The time by which an instance was chosen; a time of observation as it came. */
    private static String time(TimeProperty property, HistoryPoint point) {
        String observedAt = point.instance().observedAt();
        return property == TimeProperty.OBSERVED_AT && observedAt != null
                ? observedAt
                : Timestamps.formatMicros(point.micros(property));
    }

    private static byte[] aggregated(AggregatedSeries series) {
        JsonOut out = described(series.type(), series.datasetId());
        for (AggregationMethod method : AggregationMethod.values()) {
            if (!series.results().containsKey(method)) {
                continue;
            }
            out.name(method.term()).ascii('[');
            for (AggregatedSeries.Result result : series.results(method)) {
                out.ascii('[').tree(result.value());
                out.ascii(",\"").ascii(Timestamps.formatMicros(result.start()));
                out.ascii("\",\"").ascii(Timestamps.formatMicros(result.end())).ascii("\"],");
            }
            if (out.last() == ',') {
                out.drop(1);
            }
            out.ascii("],");
        }
        out.drop(1);
        return out.ascii('}').toBytes();
    }
}
