package city.emona.context;

import city.emona.json.JsonOut;
import city.emona.time.Timestamps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes entities as JSON, JSON-LD or GeoJSON, with the names of a context (ETSI GS CIM 009 clauses 4.5.3 to 4.5.5, 4.5.16, 4.5.17 and
 * 4.5.20). Immutable.
 */
public final class EntityWriter {
    private static final String GEO_LOCATION = CoreTerms.NGSI_LD + "location";

    private final TermTable terms;
    private final Representation representation;
    private final AttributeWriter attributes;

    public EntityWriter(TermTable terms, Representation representation) {
        this.terms = terms;
        this.representation = representation;
        this.attributes = new AttributeWriter(terms, representation);
    }

    /** The entity as a JSON object. */
    public byte[] write(Entity entity) {
        return write(EntityTree.of(entity));
    }

    /** The entity as a JSON object, with its linked entities within it. */
    public byte[] write(EntityTree tree) {
        JsonOut out = new JsonOut(1024);
        write(tree, out, null);
        return out.toBytes();
    }

    /** The entity as a JSON-LD object, with the context as a member. */
    public byte[] writeWithContext(Entity entity) {
        return writeWithContext(EntityTree.of(entity));
    }

    /** The entity as a JSON-LD object, with the context as a member and its linked entities within it. */
    public byte[] writeWithContext(EntityTree tree) {
        JsonOut out = new JsonOut(1024);
        write(tree, out, terms.contextMember());
        return out.toBytes();
    }

    void write(EntityTree tree, JsonOut out, @Nullable JsonNode context) {
        Entity entity = tree.entity();
        out.ascii('{');
        writeIdentity(entity, out);
        writeScopes(entity, out);
        writeAttributes(tree, out);
        writeTimes(tree, out);
        if (context != null) {
            out.ascii("\"@context\":").tree(context).ascii(',');
        }
        close(out);
    }

    private void writeIdentity(Entity entity, JsonOut out) {
        if (representation.shows("id")) {
            out.ascii("\"id\":").string(entity.id()).ascii(',');
        }
        if (representation.shows("type")) {
            writeTypes(entity, out);
        }
    }

    private void writeScopes(Entity entity, JsonOut out) {
        if (representation.shows("scope")
                && representation.version().hasScopes()
                && !entity.scopes().isEmpty()) {
            out.ascii("\"scope\":");
            strings(out, entity.scopes()).ascii(',');
        }
    }

    private void writeTypes(Entity entity, JsonOut out) {
        out.ascii("\"type\":");
        List<String> types = representation.version().hasDatasets()
                ? entity.types()
                : entity.types().subList(0, 1);
        strings(out, types.stream().map(terms::compact).toList()).ascii(',');
    }

    /** One string alone, several as an array. */
    private static JsonOut strings(JsonOut out, List<String> texts) {
        if (texts.size() == 1) {
            return out.string(texts.getFirst());
        }
        out.ascii('[');
        for (String text : texts) {
            out.string(text).ascii(',');
        }
        out.drop(1);
        return out.ascii(']');
    }

    private void writeAttributes(EntityTree tree, JsonOut out) {
        for (Attribute attribute : tree.entity().attributes()) {
            if (representation.shows(attribute.name())) {
                attributes.writeMember(
                        attribute,
                        tree.linked().getOrDefault(attribute.name(), Map.of()),
                        tree.changes().of(attribute.name()),
                        out);
            }
        }
    }

    private void writeTimes(EntityTree tree, JsonOut out) {
        if (representation.systemAttributes()) {
            writeSystemTimes(tree.entity(), out);
        }
        if (tree.changes().deletedAt() != 0) {
            out.ascii("\"deletedAt\":\"")
                    .ascii(Timestamps.format(tree.changes().deletedAt()))
                    .ascii("\",");
        }
    }

    private void writeSystemTimes(Entity entity, JsonOut out) {
        out.ascii("\"createdAt\":\"")
                .ascii(Timestamps.format(entity.createdAt()))
                .ascii("\",");
        out.ascii("\"modifiedAt\":\"")
                .ascii(Timestamps.format(entity.modifiedAt()))
                .ascii("\",");
        if (entity.expiresAt() != 0 && representation.version().hasValueTypesAndExpiry()) {
            out.ascii("\"expiresAt\":\"")
                    .ascii(Timestamps.format(entity.expiresAt()))
                    .ascii("\",");
        }
    }

    /** Closes an object behind its last comma. */
    static void close(JsonOut out) {
        if (out.last() == ',') {
            out.drop(1);
        }
        out.ascii('}');
    }

    /**
     * The entity as a GeoJSON Feature (clause 4.5.16).
     *
     * @param geometryProperty the expanded name of the attribute that becomes the geometry; an empty string for location
     * @param withContext whether the context is a member
     */
    public byte[] writeFeature(Entity entity, String geometryProperty, boolean withContext) {
        return writeFeature(EntityTree.of(entity), geometryProperty, withContext);
    }

    /** The same, with the linked entities within it. */
    public byte[] writeFeature(EntityTree tree, String geometryProperty, boolean withContext) {
        Entity entity = tree.entity();
        JsonOut out = new JsonOut(1024);
        out.ascii("{\"id\":").string(entity.id()).ascii(",\"type\":\"Feature\",\"geometry\":");
        geometry(entity, geometryProperty.isEmpty() ? GEO_LOCATION : geometryProperty, out);
        out.ascii(",\"properties\":{");
        if (representation.shows("type")) {
            writeTypes(entity, out);
        }
        writeScopes(entity, out);
        writeAttributes(tree, out);
        writeTimes(tree, out);
        close(out);
        if (withContext) {
            out.ascii(",\"@context\":").tree(terms.contextMember());
        }
        return out.ascii('}').toBytes();
    }

    private void geometry(Entity entity, String geometryProperty, JsonOut out) {
        JsonNode geometry = null;
        for (Attribute attribute : entity.attributes()) {
            if (attribute.name().equals(geometryProperty)) {
                for (AttributeInstance instance : attribute.instances()) {
                    if (instance.type() == AttributeType.GEO_PROPERTY
                            && !instance.isNull()
                            && representation.showsDataset(instance.datasetId())
                            && (geometry == null || instance.isDefault())) {
                        geometry = instance.value();
                    }
                }
            }
        }
        if (geometry == null) {
            out.ascii("null");
        } else {
            out.tree(geometry);
        }
    }
}
