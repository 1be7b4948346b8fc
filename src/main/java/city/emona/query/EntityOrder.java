package city.emona.query;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.geo.Geometry;
import city.emona.json.Json;
import city.emona.problem.Problem;
import com.ibm.icu.text.CollationKey;
import com.ibm.icu.text.Collator;
import com.ibm.icu.util.IllformedLocaleException;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts entities in the order that an {@link Ordering} asks for (ETSI GS CIM 009 clause 4.23). Values of different kinds are in the order of
 * clause 4.23.2, and what is null or missing comes last in either direction. For use by one thread.
 */
public final class EntityOrder {
    private final Ordering ordering;
    private final Collator collator;

    public EntityOrder(Ordering ordering) {
        this.ordering = ordering;
        this.collator = collator(ordering.collation());
    }

    /** The order of the kinds of values (clause 4.23.2). */
    private enum Rank {
        DISTANCE,
        NUMBER,
        STRING,
        OBJECT,
        ARRAY,
        BOOLEAN,
        TIME,
        DATE,
        DATE_TIME,
        NULL,
        MISSING;

        boolean isLast() {
            return this == NULL || this == MISSING;
        }
    }

    private record Part(Rank rank, Comparable<?> value) {
        static final Part MISSING = new Part(Rank.MISSING, 0);
    }

    /** What the order knows of one entity. */
    public static final class Key {
        private final String id;
        private final List<Part> parts;

        private Key(String id, List<Part> parts) {
            this.id = id;
            this.parts = parts;
        }
    }

    /** What the order has to know of an entity. */
    public Key keyOf(Entity entity) {
        List<Part> parts = new ArrayList<>(ordering.terms().size());
        for (Ordering.Term term : ordering.terms()) {
            parts.add(part(term, entity));
        }
        return new Key(entity.id(), parts);
    }

    /** Compares what {@link #keyOf} gave; entities that nothing else tells apart are in the order of their ids. */
    public Comparator<Key> comparator() {
        return (one, other) -> {
            for (int i = 0; i < one.parts.size(); i++) {
                int order = compare(
                        one.parts.get(i),
                        other.parts.get(i),
                        ordering.terms().get(i).direction().isReversed());
                if (order != 0) {
                    return order;
                }
            }
            return one.id.compareTo(other.id);
        };
    }

    private static int compare(Part one, Part other, boolean reversed) {
        if (one.rank.isLast() || other.rank.isLast()) {
            return one.rank.compareTo(other.rank);
        }
        int order = one.rank != other.rank ? one.rank.compareTo(other.rank) : compareValues(one.value, other.value);
        return reversed ? -order : order;
    }

    /** Values of one rank are of one class. */
    @SuppressWarnings("unchecked")
    private static int compareValues(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private Part part(Ordering.Term term, Entity entity) {
        AttributePath path = term.path();
        if (path.attributes().isEmpty()) {
            SystemMember member = path.member();
            return member == null ? Part.MISSING : ofEntity(member, entity);
        }
        AttributeInstance instance = instance(entity.attributes(), path.attributes());
        if (instance == null) {
            return Part.MISSING;
        }
        if (path.member() != null) {
            return ofMember(path.member(), instance);
        }
        Geometry from = ordering.from();
        if (term.direction().isDistance() && from != null && instance.type() == AttributeType.GEO_PROPERTY) {
            return new Part(Rank.DISTANCE, Geometry.of(instance.value()).distanceMeters(from));
        }
        JsonNode value = inside(path.trailing(), instance);
        return value == null ? Part.MISSING : ofValue(value);
    }

    /** The default instance of an attribute, or its first. */
    private static @Nullable AttributeInstance instance(List<Attribute> attributes, List<String> names) {
        AttributeInstance instance = null;
        List<Attribute> level = attributes;
        for (String name : names) {
            instance = null;
            for (Attribute attribute : level) {
                if (attribute.name().equals(name)) {
                    instance = attribute.main();
                }
            }
            if (instance == null) {
                return null;
            }
            level = instance.attributes();
        }
        return instance;
    }

    private Part ofEntity(SystemMember member, Entity entity) {
        return switch (member) {
            case ID -> new Part(Rank.STRING, key(entity.id()));
            case TYPE -> new Part(Rank.STRING, key(entity.types().getFirst()));
            case SCOPE ->
                entity.scopes().isEmpty()
                        ? Part.MISSING
                        : new Part(Rank.STRING, key(entity.scopes().getFirst()));
            case CREATED_AT -> ofTime(entity.createdAt());
            case MODIFIED_AT -> ofTime(entity.modifiedAt());
            case EXPIRES_AT -> entity.expiresAt() == 0 ? Part.MISSING : ofTime(entity.expiresAt());
            case DELETED_AT, OBSERVED_AT, DATASET_ID, INSTANCE_ID, UNIT_CODE, OBJECT_TYPE, VALUE_TYPE -> Part.MISSING;
        };
    }

    private Part ofMember(SystemMember member, AttributeInstance instance) {
        return switch (member) {
            case TYPE -> new Part(Rank.STRING, key(instance.type().term()));
            case CREATED_AT -> ofTime(instance.createdAt());
            case MODIFIED_AT -> ofTime(instance.modifiedAt());
            case EXPIRES_AT -> instance.expiresAt() == 0 ? Part.MISSING : ofTime(instance.expiresAt());
            case OBSERVED_AT -> instance.observedAt() == null ? Part.MISSING : ofText(instance.observedAt());
            case DATASET_ID -> instance.isDefault() ? Part.MISSING : new Part(Rank.STRING, key(instance.datasetId()));
            case UNIT_CODE ->
                instance.unitCode() == null ? Part.MISSING : new Part(Rank.STRING, key(instance.unitCode()));
            case OBJECT_TYPE, VALUE_TYPE ->
                instance.qualifierType() == null ? Part.MISSING : ofValue(instance.qualifierType());
            case ID, SCOPE, DELETED_AT, INSTANCE_ID -> Part.MISSING;
        };
    }

    private static Part ofTime(long epochMillis) {
        return new Part(Rank.DATE_TIME, Moment.ofEpochMillis(epochMillis));
    }

    private static @Nullable JsonNode inside(List<String> trailing, AttributeInstance instance) {
        JsonNode node = instance.value();
        if (instance.type() == AttributeType.LANGUAGE_PROPERTY) {
            return ValueTests.language(node, trailing.isEmpty() ? "@none" : trailing.getFirst());
        }
        for (String name : trailing) {
            node = node.get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private Part ofValue(JsonNode value) {
        String typed = Comparisons.typedText(value);
        if (value.isNumber()) {
            return new Part(Rank.NUMBER, value.decimalValue());
        } else if (value.isString()) {
            return ofText(value.stringValue());
        } else if (typed != null) {
            return ofText(typed);
        } else if (value.isBoolean()) {
            return new Part(Rank.BOOLEAN, value.booleanValue());
        } else if (value.isArray()) {
            return new Part(Rank.ARRAY, key(Json.text(value)));
        }
        return value.isObject() && !isNullLiteral(value)
                ? new Part(Rank.OBJECT, key(Json.text(value)))
                : new Part(Rank.NULL, 0);
    }

    private static boolean isNullLiteral(JsonNode object) {
        JsonNode literal = object.get("@value");
        return literal != null && literal.isNull();
    }

    private Part ofText(String text) {
        Moment moment = Moment.parse(text);
        if (moment == null) {
            return new Part(Rank.STRING, key(text));
        }
        return new Part(
                switch (moment.kind()) {
                    case TIME -> Rank.TIME;
                    case DATE -> Rank.DATE;
                    case DATE_TIME -> Rank.DATE_TIME;
                },
                moment);
    }

    private CollationKey key(String text) {
        return collator.getCollationKey(text);
    }

    /**
     * The tag, when it names an order of texts (RFC 6067); ICU's own name for the root's, {@code und-x-icu}, is one too.
     *
     * @throws Problem of type BadRequestData otherwise
     */
    static String checkedCollation(String tag) {
        collator(tag);
        return tag;
    }

    private static Collator collator(String tag) {
        try {
            ULocale locale = tag.isEmpty()
                    ? ULocale.ROOT
                    : new ULocale.Builder().setLanguageTag(tag).build();
            return Collator.getInstance(locale);
        } catch (IllformedLocaleException | IllegalArgumentException | UnsupportedOperationException e) {
            throw Problem.badRequestData(
                    "The collation »" + tag + "« is not a tag of ICU.",
                    "Use a tag such as sl, und or de-u-co-phonebk.");
        }
    }
}
