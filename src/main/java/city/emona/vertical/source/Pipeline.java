package city.emona.vertical.source;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Models;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.mapping.EntitySchema;
import city.emona.vertical.mapping.MappedRecord;
import city.emona.vertical.mapping.Mapping;
import city.emona.vertical.mapping.RecordRejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the records of one source into checked entities. Safe for use by many threads. */
final class Pipeline {
    private static final int MAX_KEPT_LENGTH = 4_000;

    private final Mapping mapping;
    private final Map<String, EntitySchema> schemas = new HashMap<>();
    private final TermTable terms;
    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private final boolean demo;

    /**
     * @param demo whether every entity is marked as demo data
     * @throws Problem when the mapping or a schema is not valid
     */
    Pipeline(Vertical vertical, SourceSpec spec, Contexts contexts, boolean demo) {
        this.mapping = Mapping.compile(spec.mapping().expression());
        for (Models.EntityType type : vertical.models().types()) {
            schemas.put(type.term(), EntitySchema.compile(type.schema()));
        }
        this.terms = contexts.compile(vertical.models().context());
        this.variables.putAll(spec.variables());
        this.demo = demo;
    }

    /** The entities of one poll. Of several observations of one entity, the newest stands; of two of the same time, the later one. */
    MappedPoll map(RecordSet set, Instant fetchedAt) {
        Map<String, @Nullable Object> known = new HashMap<>(variables);
        known.put("header", set.header());
        known.put("fetchedAt", fetchedAt.toString());
        List<RejectedRecord> rejected = new ArrayList<>();
        for (RecordSet.Unusable unusable : set.unusable()) {
            rejected.add(rejected(unusable.content(), unusable.reason(), false, fetchedAt));
        }
        Map<String, Observation> newest = new LinkedHashMap<>();
        int accepted = 0;
        int passedOver = 0;
        for (Object record : set.records()) {
            try {
                MappedRecord mapped = mapping.apply(record, known);
                List<Observation> observations = observations(mapped.entities(), fetchedAt);
                observations.forEach(
                        observation -> newest.merge(observation.entity().id(), observation, Pipeline::newer));
                accepted += observations.isEmpty() ? 0 : 1;
                passedOver += observations.isEmpty() ? 1 : 0;
                if (!mapped.notes().isEmpty()) {
                    rejected.add(rejected(record, joined(mapped.notes()), true, fetchedAt));
                }
            } catch (RecordRejected e) {
                rejected.add(rejected(record, e.reason(), false, fetchedAt));
            }
        }
        return new MappedPoll(
                newest.values().stream().map(Observation::entity).toList(),
                newest.values().stream().map(Observation::json).toList(),
                rejected,
                accepted,
                passedOver,
                newest.values().stream()
                        .mapToLong(Observation::atMillis)
                        .filter(at -> at > Long.MIN_VALUE)
                        .max());
    }

    private record Observation(Entity entity, ObjectNode json, long atMillis) {}

    private static Observation newer(Observation one, Observation other) {
        return other.atMillis() >= one.atMillis() ? other : one;
    }

    private List<Observation> observations(List<ObjectNode> mapped, Instant fetchedAt) {
        List<Observation> observations = new ArrayList<>(mapped.size());
        for (ObjectNode json : mapped) {
            schemaOf(json).check(json);
            Entity entity = entity(json, fetchedAt);
            observations.add(new Observation(
                    demo ? entity.withAttribute(demoMark(fetchedAt.toEpochMilli())) : entity,
                    json,
                    observedAt(entity)));
        }
        return observations;
    }

    private EntitySchema schemaOf(ObjectNode json) {
        JsonNode type = json.get("type");
        EntitySchema schema = type != null && type.isString() ? schemas.get(type.stringValue()) : null;
        if (schema == null) {
            throw new RecordRejected(
                    "Tip " + type + " ni med modeli vertikale.",
                    "The type " + type + " is not among the vertical's models.");
        }
        return schema;
    }

    private Entity entity(ObjectNode json, Instant fetchedAt) {
        try {
            return EntityReader.read(json, terms, fetchedAt.toEpochMilli());
        } catch (Problem e) {
            throw new RecordRejected("Entiteta ni po informacijskem modelu: " + e.detail(), e.detail());
        }
    }

    private static Attribute demoMark(long now) {
        return new Attribute(
                PlatformTerms.IS_DEMO,
                List.of(new AttributeInstance(
                        AttributeType.PROPERTY, Json.parse("true"), "", null, null, null, now, now, 0, List.of())));
    }

    private static long observedAt(Entity entity) {
        long newest = Long.MIN_VALUE;
        for (Attribute attribute : entity.attributes()) {
            String observedAt = attribute.main().observedAt();
            OptionalLong at = observedAt == null ? OptionalLong.empty() : Timestamps.parse(observedAt);
            newest = Math.max(newest, at.orElse(Long.MIN_VALUE));
        }
        return newest;
    }

    private static LocalizedText joined(List<LocalizedText> notes) {
        return new LocalizedText(
                notes.stream().map(LocalizedText::sl).collect(Collectors.joining(" ")),
                notes.stream().map(LocalizedText::en).collect(Collectors.joining(" ")));
    }

    private static RejectedRecord rejected(Object record, LocalizedText reason, boolean partly, Instant at) {
        String text = Json.text(Json.fromPlain(record));
        String kept = text.length() > MAX_KEPT_LENGTH ? text.substring(0, MAX_KEPT_LENGTH) + "…" : text;
        return new RejectedRecord(at.toEpochMilli(), kept, reason, partly);
    }
}
