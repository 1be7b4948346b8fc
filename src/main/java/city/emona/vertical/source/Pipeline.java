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
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.mapping.EntitySchema;
import city.emona.vertical.mapping.MappedRecord;
import city.emona.vertical.mapping.Mapping;
import city.emona.vertical.mapping.RecordRejected;
import city.emona.vertical.source.MappedPoll.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the records of one source into checked entities. Safe for use by many threads. */
final class Pipeline {
    private static final int MAX_KEPT_LENGTH = 4_000;

    private final Mapping mapping;
    private final Map<String, EntitySchema> schemas;
    private final TermTable terms;
    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private final boolean demo;
    private final PersonalFields personal;

    /**
     * @param demo whether every entity is marked as demo data
     * @throws Problem when the mapping or a schema is not valid
     */
    Pipeline(Vertical vertical, SourceSpec spec, Contexts contexts, boolean demo) {
        this(vertical, spec, contexts, demo, Mapping.compile(spec.mapping().expression()), schemas(vertical));
    }

    /** The same with a mapping and schemas that are shared among sources. */
    Pipeline(
            Vertical vertical,
            SourceSpec spec,
            Contexts contexts,
            boolean demo,
            Mapping mapping,
            Map<String, EntitySchema> schemas) {
        this.mapping = mapping;
        this.schemas = Map.copyOf(schemas);
        this.terms = contexts.compile(vertical.models().context());
        this.variables.putAll(spec.variables());
        this.demo = demo;
        this.personal = new PersonalFields(spec.personal());
    }

    /** The compiled models of a vertical by their terms. */
    static Map<String, EntitySchema> schemas(Vertical vertical) {
        Map<String, EntitySchema> schemas = new HashMap<>();
        for (Models.EntityType type : vertical.models().types()) {
            schemas.put(type.term(), EntitySchema.compile(type.schema()));
        }
        return schemas;
    }

    /** A record with the header of its document. */
    record Given(Map<String, @Nullable Object> header, Object record) {}

    /** The entities of all records of a document. */
    MappedPoll map(RecordSet set, Instant fetchedAt) {
        List<Given> given =
                set.records().stream().map(one -> new Given(set.header(), one)).toList();
        return map(given, set.unusable(), fetchedAt);
    }

    /** The entities of some records. Of several observations of one entity, the newest stands; of two of the same time, the later one. */
    MappedPoll map(List<Given> records, List<RecordSet.Unusable> unusable, Instant fetchedAt) {
        return map(records, unusable, fetchedAt, _ -> true);
    }

    /**
     * The same, but a record of an entity that may not be is rejected.
     *
     * @param mayBe whether there may be an entity with this id
     */
    MappedPoll map(List<Given> records, List<RecordSet.Unusable> unusable, Instant fetchedAt, Predicate<String> mayBe) {
        Map<String, @Nullable Object> known = new HashMap<>(variables);
        known.put("fetchedAt", fetchedAt.toString());
        List<RejectedRecord> rejected = new ArrayList<>();
        for (RecordSet.Unusable one : unusable) {
            rejected.add(rejected(personal.without(one.content()), one.reason(), false, fetchedAt));
        }
        Map<String, Observation> newest = new LinkedHashMap<>();
        int accepted = 0;
        int passedOver = 0;
        for (Given given : records) {
            known.put("header", personal.without(given.header()));
            Object record = personal.without(given.record());
            try {
                MappedRecord mapped = mapping.apply(record, known);
                List<Observation> observations = observations(mapped.entities(), fetchedAt);
                requireAll(observations, mayBe);
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
        return new MappedPoll(List.copyOf(newest.values()), rejected, accepted, passedOver);
    }

    private static void requireAll(List<Observation> observations, Predicate<String> mayBe) {
        for (Observation one : observations) {
            String id = one.entity().id();
            if (!mayBe.test(id)) {
                throw new RecordRejected(
                        "Entitete " + id + ", ki bi jo zapis dopolnil, ni.",
                        "There is no entity " + id + " that the record could complete.");
            }
        }
    }

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

    private RejectedRecord rejected(Object record, LocalizedText reason, boolean partly, Instant at) {
        String text = Json.text(Json.fromPlain(personal.redacted(record)));
        String kept = text.length() > MAX_KEPT_LENGTH ? text.substring(0, MAX_KEPT_LENGTH) + "…" : text;
        return new RejectedRecord(at.toEpochMilli(), kept, personal.redacted(reason), partly);
    }
}
