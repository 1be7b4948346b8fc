package city.emona.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An entity without its id, as the bytes that the store keeps on disk and in memory. The names that occur in it form its {@link Shape},
 * which entities of the same kind share in memory. Immutable.
 *
 * <p>Form 1: the shape (types, then names, each a counted list of strings), then createdAt, modifiedAt, expiresAt, scopes and attributes.
 * Numbers are variable-length integers of seven bits a byte, strings counted UTF-8, values as {@link PackedValues} writes them.
 */
public final class PackedEntity {
    static final int HAS_DATASET = 1;
    static final int HAS_OBSERVED_AT = 1 << 1;
    static final int HAS_UNIT_CODE = 1 << 2;
    static final int HAS_QUALIFIER_TYPE = 1 << 3;
    static final int HAS_EXPIRY = 1 << 4;
    static final int HAS_ATTRIBUTES = 1 << 5;
    private static final long UNKNOWN = -1;

    private final Shape shape;
    private final byte[] body;

    /** When the first attribute expires: 0 for never, {@link #UNKNOWN} until it is asked for. */
    private long firstAttributeExpiry = UNKNOWN;

    /** What the entity is made of; null until it is asked for. */
    private @Nullable EntityKind kind;

    private PackedEntity(Shape shape, byte[] body) {
        this.shape = shape;
        this.body = body;
    }

    /** The types and names of an entity, shared between all entities that have the same. */
    private static final class Shape {
        /** Beyond this many different shapes, an entity keeps one of its own. */
        private static final int MAX_SHARED = 20_000;

        private static final Map<Key, Shape> SHARED = new ConcurrentHashMap<>();

        private final List<String> types;
        private final List<String> names;
        private final byte[] bytes;

        /** The kind of the entity that was packed last, which is mostly that of the next. */
        private @Nullable EntityKind lastKind;

        private record Key(List<String> types, List<String> names) {}

        private Shape(Key key, byte[] bytes) {
            this.types = key.types;
            this.names = key.names;
            this.bytes = bytes;
        }

        EntityKind kindOf(Entity entity) {
            EntityKind last = lastKind;
            if (last != null && last.fits(entity)) {
                return last;
            }
            EntityKind kind = EntityKind.of(entity);
            lastKind = kind;
            return kind;
        }

        static Shape of(List<String> types, List<String> names) {
            Shape shared = SHARED.get(new Key(types, names));
            if (shared != null) {
                return shared;
            }
            Key key = new Key(List.copyOf(types), List.copyOf(names));
            PackedOutput out = new PackedOutput();
            out.strings(types);
            out.strings(names);
            Shape shape = new Shape(key, out.toBytes());
            if (SHARED.size() < MAX_SHARED) {
                Shape earlier = SHARED.putIfAbsent(key, shape);
                return earlier == null ? shape : earlier;
            }
            return shape;
        }
    }

    /** Packs an entity. */
    public static PackedEntity pack(Entity entity) {
        NameNumbers names = new NameNumbers();
        PackedOutput out = new PackedOutput();
        out.number(entity.createdAt());
        out.number(entity.modifiedAt());
        out.number(entity.expiresAt());
        out.strings(entity.scopes());
        writeAttributes(out, entity.attributes(), names);
        PackedEntity packed = new PackedEntity(Shape.of(entity.types(), names.inOrder()), out.toBytes());
        packed.firstAttributeExpiry = entity.firstAttributeExpiry();
        packed.kind = packed.shape.kindOf(entity);
        return packed;
    }

    private static void writeAttributes(PackedOutput out, List<Attribute> attributes, NameNumbers names) {
        out.number(attributes.size());
        for (Attribute attribute : attributes) {
            out.number(names.numberOf(attribute.name()));
            out.number(attribute.instances().size());
            for (AttributeInstance instance : attribute.instances()) {
                writeInstance(out, instance, names);
            }
        }
    }

    private static void writeInstance(PackedOutput out, AttributeInstance instance, NameNumbers names) {
        int flags = (instance.isDefault() ? 0 : HAS_DATASET)
                | (instance.observedAt() == null ? 0 : HAS_OBSERVED_AT)
                | (instance.unitCode() == null ? 0 : HAS_UNIT_CODE)
                | (instance.qualifierType() == null ? 0 : HAS_QUALIFIER_TYPE)
                | (instance.expiresAt() == 0 ? 0 : HAS_EXPIRY)
                | (instance.attributes().isEmpty() ? 0 : HAS_ATTRIBUTES);
        out.number(instance.type().code());
        out.number(flags);
        out.number(instance.createdAt());
        out.number(instance.modifiedAt() - instance.createdAt());
        PackedValues.write(out, instance.value());
        if (!instance.isDefault()) {
            out.string(instance.datasetId());
        }
        if (instance.observedAt() != null) {
            out.string(instance.observedAt());
        }
        if (instance.unitCode() != null) {
            out.string(instance.unitCode());
        }
        if (instance.qualifierType() != null) {
            PackedValues.write(out, instance.qualifierType());
        }
        if (instance.expiresAt() != 0) {
            out.number(instance.expiresAt());
        }
        if (!instance.attributes().isEmpty()) {
            writeAttributes(out, instance.attributes(), names);
        }
    }

    /** The entity, with the id that the bytes do not hold. */
    public Entity unpack(String id) {
        PackedInput in = new PackedInput(body, 0);
        long createdAt = in.number();
        long modifiedAt = in.number();
        long expiresAt = in.number();
        List<String> scopes = in.strings();
        return new Entity(id, shape.types, scopes, createdAt, modifiedAt, expiresAt, readAttributes(in));
    }

    private List<Attribute> readAttributes(PackedInput in) {
        int count = (int) in.number();
        List<Attribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = shape.names.get((int) in.number());
            int instanceCount = (int) in.number();
            List<AttributeInstance> instances = new ArrayList<>(instanceCount);
            for (int k = 0; k < instanceCount; k++) {
                instances.add(readInstance(in));
            }
            attributes.add(new Attribute(name, instances));
        }
        return attributes;
    }

    private AttributeInstance readInstance(PackedInput in) {
        AttributeType type = AttributeType.ofCode((int) in.number());
        int flags = (int) in.number();
        long createdAt = in.number();
        long modifiedAt = createdAt + in.number();
        JsonNode value = PackedValues.read(in);
        return new AttributeInstance(
                type,
                value,
                (flags & HAS_DATASET) != 0 ? in.string() : "",
                (flags & HAS_OBSERVED_AT) != 0 ? in.string() : null,
                (flags & HAS_UNIT_CODE) != 0 ? in.string() : null,
                (flags & HAS_QUALIFIER_TYPE) != 0 ? PackedValues.read(in) : null,
                createdAt,
                modifiedAt,
                (flags & HAS_EXPIRY) != 0 ? in.number() : 0,
                (flags & HAS_ATTRIBUTES) != 0 ? readAttributes(in) : List.of());
    }

    /** The expanded types. */
    public List<String> types() {
        return shape.types;
    }

    /** The expanded names of all attributes and sub-attributes that occur in the entity. */
    public List<String> names() {
        return shape.names;
    }

    /** The scopes, each with its leading slash. */
    public List<String> scopes() {
        PackedInput in = new PackedInput(body, 0);
        in.number();
        in.number();
        in.number();
        return in.strings();
    }

    /** A look at the value of an attribute, by its expanded name. */
    public PackedValue look(String attribute) {
        return PackedValue.find(body, shape.names, attribute);
    }

    /** When the entity was created, in epoch milliseconds. */
    public long createdAt() {
        return new PackedInput(body, 0).number();
    }

    /** When the entity was changed last, in epoch milliseconds. */
    public long modifiedAt() {
        PackedInput in = new PackedInput(body, 0);
        in.number();
        return in.number();
    }

    /** When the entity expires, in epoch milliseconds; 0 for never. */
    public long expiresAt() {
        PackedInput in = new PackedInput(body, 0);
        in.number();
        in.number();
        return in.number();
    }

    /** When the first of the attributes expires, in epoch milliseconds; 0 for never. */
    public long firstAttributeExpiry() {
        if (firstAttributeExpiry == UNKNOWN) {
            walk();
        }
        return firstAttributeExpiry;
    }

    /** What the entity is made of; mostly the same object for entities of the same kind. */
    public EntityKind kind() {
        EntityKind known = kind;
        return known == null ? walk() : known;
    }

    /** What threads that walk at once find is the same. */
    private EntityKind walk() {
        PackedWalk walk = new PackedWalk(body, shape.types, shape.names);
        firstAttributeExpiry = walk.firstExpiry();
        EntityKind found = walk.kind();
        kind = found;
        return found;
    }

    /** How many bytes {@link #write} writes. */
    public int size() {
        return shape.bytes.length + body.length;
    }

    /** Writes the bytes into a buffer. */
    public void write(byte[] target, int offset) {
        System.arraycopy(shape.bytes, 0, target, offset, shape.bytes.length);
        System.arraycopy(body, 0, target, offset + shape.bytes.length, body.length);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when the bytes are not a packed entity
     */
    public static PackedEntity read(byte[] bytes, int offset) {
        try {
            PackedInput in = new PackedInput(bytes, offset);
            Shape shape = Shape.of(in.strings(), in.strings());
            return new PackedEntity(shape, Arrays.copyOfRange(bytes, in.position(), bytes.length));
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("the bytes are not a packed entity", e);
        }
    }
}
