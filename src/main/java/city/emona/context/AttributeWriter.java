package city.emona.context;

import city.emona.json.JsonOut;
import city.emona.time.Timestamps;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Writes attributes in one representation; see {@link EntityWriter}. Every member it writes ends with a comma. */
final class AttributeWriter {
    private final TermTable terms;
    private final Representation representation;

    AttributeWriter(TermTable terms, Representation representation) {
        this.terms = terms;
        this.representation = representation;
    }

    /** One instance alone. */
    byte[] bytes(AttributeInstance instance) {
        JsonOut out = new JsonOut();
        instance(instance, out);
        return out.toBytes();
    }

    /** {@code "name":…,} or nothing, when no instance is shown. */
    void writeMember(Attribute attribute, JsonOut out) {
        List<AttributeInstance> shown = attribute.instances().stream()
                .filter(i -> representation.showsDataset(i.datasetId()))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        out.name(terms.compact(attribute.name()));
        switch (representation.format()) {
            case SIMPLIFIED -> simplified(shown, out);
            case CONCISE, NORMALIZED -> instances(shown, out);
        }
        out.ascii(',');
    }

    private void simplified(List<AttributeInstance> shown, JsonOut out) {
        if (shown.size() == 1) {
            simplifiedValue(shown.getFirst(), out);
            return;
        }
        out.ascii("{\"dataset\":{");
        for (AttributeInstance instance : shown) {
            out.name(instance.isDefault() ? "@none" : instance.datasetId());
            simplifiedValue(instance, out);
            out.ascii(',');
        }
        EntityWriter.close(out);
        out.ascii('}');
    }

    private void simplifiedValue(AttributeInstance instance, JsonOut out) {
        switch (instance.type()) {
            case PROPERTY, GEO_PROPERTY, RELATIONSHIP, LIST_PROPERTY, LIST_RELATIONSHIP -> out.tree(instance.value());
            case LANGUAGE_PROPERTY, JSON_PROPERTY, VOCAB_PROPERTY -> {
                out.ascii('{').name(instance.type().valueMember());
                value(instance, out);
                out.ascii('}');
            }
        }
    }

    private void instances(List<AttributeInstance> shown, JsonOut out) {
        if (shown.size() == 1) {
            instance(shown.getFirst(), out);
            return;
        }
        out.ascii('[');
        for (AttributeInstance instance : shown) {
            instance(instance, out);
            out.ascii(',');
        }
        out.drop(1);
        out.ascii(']');
    }

    private void instance(AttributeInstance instance, JsonOut out) {
        boolean concise = representation.format() == Representation.Format.CONCISE;
        if (concise && isBare(instance)) {
            out.tree(instance.value());
            return;
        }
        out.ascii('{');
        if (!concise || AttributeShape.isGeometryProperty(instance)) {
            out.ascii("\"type\":\"").ascii(instance.type().term()).ascii("\",");
        }
        out.name(instance.type().valueMember());
        value(instance, out);
        out.ascii(',');
        members(instance, out);
        EntityWriter.close(out);
    }

    /** Whether a concise instance is its value alone. */
    private boolean isBare(AttributeInstance instance) {
        boolean alone = instance.isDefault()
                && instance.observedAt() == null
                && instance.unitCode() == null
                && instance.qualifierType() == null
                && instance.attributes().isEmpty()
                && !representation.systemAttributes();
        return alone
                && switch (instance.type()) {
                    case GEO_PROPERTY -> true;
                    case PROPERTY -> readsAsValue(instance.value());
                    case RELATIONSHIP,
                            LANGUAGE_PROPERTY,
                            VOCAB_PROPERTY,
                            LIST_PROPERTY,
                            LIST_RELATIONSHIP,
                            JSON_PROPERTY -> false;
                };
    }

    /** Whether a reader would take this value, standing alone, for a property's value and nothing else. */
    private static boolean readsAsValue(JsonNode value) {
        if (value.isArray()) {
            return !AttributeShape.isInstanceArray((ArrayNode) value);
        }
        return !value.isObject() || AttributeShape.isPlainValue(value);
    }

    private void members(AttributeInstance instance, JsonOut out) {
        if (instance.unitCode() != null) {
            out.ascii("\"unitCode\":").string(instance.unitCode()).ascii(',');
        }
        JsonNode qualifierType = instance.qualifierType();
        if (qualifierType != null) {
            boolean link =
                    instance.type() == AttributeType.RELATIONSHIP || instance.type() == AttributeType.LIST_RELATIONSHIP;
            out.ascii(link ? "\"objectType\":" : "\"valueType\":");
            compacted(qualifierType, out);
            out.ascii(',');
        }
        if (instance.observedAt() != null) {
            out.ascii("\"observedAt\":").string(instance.observedAt()).ascii(',');
        }
        if (!instance.isDefault()) {
            out.ascii("\"datasetId\":").string(instance.datasetId()).ascii(',');
        }
        for (Attribute attribute : instance.attributes()) {
            writeSubAttribute(attribute, out);
        }
        if (representation.systemAttributes()) {
            time("\"createdAt\":\"", instance.createdAt(), out);
            time("\"modifiedAt\":\"", instance.modifiedAt(), out);
            if (instance.expiresAt() != 0) {
                time("\"expiresAt\":\"", instance.expiresAt(), out);
            }
        }
    }

    private void writeSubAttribute(Attribute attribute, JsonOut out) {
        String name = terms.compact(attribute.name());
        out.name(name);
        if (AttributeReader.SEALED.contains(name)) {
            value(attribute.main(), out);
        } else {
            instances(attribute.instances(), out);
        }
        out.ascii(',');
    }

    private static void time(String name, long millis, JsonOut out) {
        out.ascii(name).ascii(Timestamps.format(millis)).ascii("\",");
    }

    private void value(AttributeInstance instance, JsonOut out) {
        switch (instance.type()) {
            case VOCAB_PROPERTY -> compacted(instance.value(), out);
            case LIST_RELATIONSHIP -> objectList(instance.value(), out);
            case PROPERTY, RELATIONSHIP, GEO_PROPERTY, LANGUAGE_PROPERTY, LIST_PROPERTY, JSON_PROPERTY ->
                out.tree(instance.value());
        }
    }

    private void compacted(JsonNode names, JsonOut out) {
        if (names.isString()) {
            out.string(terms.compact(names.stringValue()));
            return;
        }
        out.ascii('[');
        for (JsonNode name : names) {
            out.string(terms.compact(name.stringValue())).ascii(',');
        }
        if (!names.isEmpty()) {
            out.drop(1);
        }
        out.ascii(']');
    }

    private void objectList(JsonNode targets, JsonOut out) {
        if (representation.format() == Representation.Format.CONCISE) {
            out.tree(targets);
            return;
        }
        out.ascii('[');
        for (JsonNode target : targets) {
            out.ascii("{\"object\":").string(target.stringValue()).ascii("},");
        }
        if (!targets.isEmpty()) {
            out.drop(1);
        }
        out.ascii(']');
    }
}
