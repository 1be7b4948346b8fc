package city.emona.context;

import city.emona.context.EntityChanges.InstanceChange;
import city.emona.json.Json;
import city.emona.json.JsonOut;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Writes attributes in one representation; see {@link EntityWriter}. Every member it writes ends with a comma. */
final class AttributeWriter {
    private static final Links NO_LINKS = new Links("", Map.of());

    private final TermTable terms;
    private final Representation representation;

    AttributeWriter(TermTable terms, Representation representation) {
        this.terms = terms;
        this.representation = representation;
    }

    /** The entities that a relationship leads to, by their ids. */
    private record Links(String relationship, Map<String, EntityTree> targets) {}

    /** One instance alone. */
    byte[] bytes(AttributeInstance instance) {
        JsonOut out = new JsonOut();
        instance(instance, NO_LINKS, InstanceChange.NONE, out);
        return out.toBytes();
    }

    /**
     * One instance of a history.
     *
     * @param deletedAt when it was deleted, in epoch milliseconds; 0 where it was not
     */
    void recorded(AttributeInstance instance, String instanceId, long deletedAt, JsonOut out) {
        AttributeType type = writtenType(instance);
        out.ascii('{');
        if (representation.format() != Representation.Format.CONCISE || AttributeShape.isGeometryProperty(instance)) {
            out.ascii("\"type\":\"").ascii(type.term()).ascii("\",");
        }
        valueMembers(instance, type, null, out);
        members(instance, out);
        out.ascii("\"instanceId\":").string(instanceId);
        if (deletedAt != 0) {
            out.ascii(',');
            time("\"deletedAt\":\"", deletedAt, out);
        }
        EntityWriter.close(out);
    }

    /**
     * {@code "name":…,} or nothing, when no instance is shown.
     *
     * @param targets the entities that the attribute leads to and that are written within it, by their ids
     * @param changes what became of its instances, by their datasets
     */
    void writeMember(
            Attribute attribute, Map<String, EntityTree> targets, Map<String, InstanceChange> changes, JsonOut out) {
        List<AttributeInstance> shown = attribute.instances().stream()
                .filter(i -> representation.showsDataset(i.datasetId()))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        if (shown.size() > 1 && !representation.version().hasDatasets()) {
            shown = List.of(new Attribute(attribute.name(), shown).main());
        }
        Links links = targets.isEmpty() ? NO_LINKS : new Links(attribute.name(), targets);
        out.name(terms.compact(attribute.name()));
        switch (representation.format()) {
            case SIMPLIFIED -> simplified(shown, links, out);
            case CONCISE, NORMALIZED -> instances(shown, links, changes, out);
        }
        out.ascii(',');
    }

    private void simplified(List<AttributeInstance> shown, Links links, JsonOut out) {
        if (shown.size() == 1) {
            simplifiedValue(shown.getFirst(), links, out);
            return;
        }
        out.ascii("{\"dataset\":{");
        for (AttributeInstance instance : shown) {
            out.name(instance.isDefault() ? "@none" : instance.datasetId());
            simplifiedValue(instance, links, out);
            out.ascii(',');
        }
        EntityWriter.close(out);
        out.ascii('}');
    }

    private void simplifiedValue(AttributeInstance instance, Links links, JsonOut out) {
        if (instance.isNull()) {
            out.string(AttributeInstance.NULL);
        } else {
            plainValue(instance, links, out);
        }
    }

    /** The value alone, that of a deletion too in the form of its type (clause 4.5.9). */
    void plainValue(AttributeInstance instance, JsonOut out) {
        plainValue(instance, NO_LINKS, out);
    }

    private void plainValue(AttributeInstance instance, Links links, JsonOut out) {
        AttributeType type = writtenType(instance);
        switch (type) {
            case PROPERTY, GEO_PROPERTY, LIST_PROPERTY -> value(instance, out);
            case RELATIONSHIP, LIST_RELATIONSHIP -> simplifiedTargets(instance.value(), links, out);
            case LANGUAGE_PROPERTY, JSON_PROPERTY, VOCAB_PROPERTY -> {
                out.ascii('{').name(type.valueMember());
                value(instance, out);
                out.ascii('}');
            }
        }
    }

    /** URIs, those of linked entities replaced by the entities. */
    private void simplifiedTargets(JsonNode uris, Links links, JsonOut out) {
        if (links.targets.isEmpty()) {
            out.tree(uris);
        } else if (uris.isArray()) {
            out.ascii('[');
            for (JsonNode uri : uris) {
                simplifiedTargets(uri, links, out);
                out.ascii(',');
            }
            closeArray(uris.isEmpty(), out);
        } else {
            EntityTree target = links.targets.get(uris.stringValue());
            if (target == null) {
                out.tree(uris);
            } else {
                linked(links.relationship, target, out);
            }
        }
    }

    private void linked(String relationship, EntityTree target, JsonOut out) {
        new EntityWriter(terms, representation.within(relationship)).write(target, out, null);
    }

    private static void closeArray(boolean empty, JsonOut out) {
        if (!empty) {
            out.drop(1);
        }
        out.ascii(']');
    }

    /** The type as which an instance is written, after the reader's languages and version. */
    AttributeType writtenType(AttributeInstance instance) {
        return isTranslated(instance)
                ? AttributeType.PROPERTY
                : representation.version().writtenAs(instance.type());
    }

    private boolean isTranslated(AttributeInstance instance) {
        return instance.type() == AttributeType.LANGUAGE_PROPERTY
                && representation.languages() != null
                && !instance.isNull()
                && !instance.value().isEmpty();
    }

    private String language(AttributeInstance instance) {
        LanguageFilter languages = representation.languages();
        return languages == null ? "" : languages.choose(instance.value());
    }

    private void instances(
            List<AttributeInstance> shown, Links links, Map<String, InstanceChange> changes, JsonOut out) {
        if (shown.size() == 1) {
            AttributeInstance only = shown.getFirst();
            instance(only, links, changes.getOrDefault(only.datasetId(), InstanceChange.NONE), out);
            return;
        }
        out.ascii('[');
        for (AttributeInstance instance : shown) {
            instance(instance, links, changes.getOrDefault(instance.datasetId(), InstanceChange.NONE), out);
            out.ascii(',');
        }
        out.drop(1);
        out.ascii(']');
    }

    private void instance(AttributeInstance instance, Links links, InstanceChange change, JsonOut out) {
        boolean concise = representation.format() == Representation.Format.CONCISE;
        AttributeType type = writtenType(instance);
        if (concise && change.previous() == null && isBare(instance, type)) {
            if (instance.isNull()) {
                out.string(AttributeInstance.NULL);
            } else {
                value(instance, out);
            }
            return;
        }
        out.ascii('{');
        if (!concise || AttributeShape.isGeometryProperty(instance)) {
            out.ascii("\"type\":\"").ascii(type.term()).ascii("\",");
        }
        valueMembers(instance, type, change.previous(), out);
        if (!links.targets.isEmpty()) {
            linkedEntities(instance, type, links, out);
        }
        members(instance, out);
        if (change.deletedAt() != 0 && representation.systemAttributes()) {
            time("\"deletedAt\":\"", change.deletedAt(), out);
        }
        EntityWriter.close(out);
    }

    private void valueMembers(
            AttributeInstance instance, AttributeType type, @Nullable AttributeInstance previous, JsonOut out) {
        out.name(type.valueMember());
        value(instance, out);
        out.ascii(',');
        if (previous != null) {
            previous(previous, out);
        }
        if (isTranslated(instance)) {
            out.ascii("\"lang\":").string(language(instance)).ascii(',');
        }
    }

    /** What an instance was before (clause 5.2.5 and the types behind it): {@code previousValue} and the like. */
    private void previous(AttributeInstance before, JsonOut out) {
        String member = representation.version().writtenAs(before.type()).valueMember();
        out.name("previous" + Character.toUpperCase(member.charAt(0)) + member.substring(1));
        if (before.type() == AttributeType.LANGUAGE_PROPERTY) {
            out.tree(before.value());
        } else {
            value(before, out);
        }
        out.ascii(',');
    }

    /** The entities that one instance of a relationship leads to: {@code entity} or {@code entityList} (clause 4.5.23.2). */
    private void linkedEntities(AttributeInstance instance, AttributeType type, Links links, JsonOut out) {
        JsonNode uris = instance.value();
        List<EntityTree> found = new ArrayList<>();
        for (JsonNode uri : uris.isArray() ? uris : Json.array().add(uris)) {
            EntityTree target = links.targets.get(uri.stringValue());
            if (target != null) {
                found.add(target);
            }
        }
        if (found.isEmpty()) {
            return;
        }
        out.ascii(type == AttributeType.LIST_RELATIONSHIP ? "\"entityList\":" : "\"entity\":");
        if (uris.isArray()) {
            out.ascii('[');
            for (EntityTree target : found) {
                linked(links.relationship, target, out);
                out.ascii(',');
            }
            closeArray(false, out);
        } else {
            linked(links.relationship, found.getFirst(), out);
        }
        out.ascii(',');
    }

    /** Whether a concise instance is its value alone. */
    private boolean isBare(AttributeInstance instance, AttributeType type) {
        boolean alone = instance.isDefault()
                && instance.observedAt() == null
                && instance.unitCode() == null
                && instance.qualifierType() == null
                && instance.attributes().isEmpty()
                && !representation.systemAttributes()
                && !isTranslated(instance);
        return alone && (instance.isNull() || isBareValue(instance, type));
    }

    private static boolean isBareValue(AttributeInstance instance, AttributeType type) {
        return switch (type) {
            case GEO_PROPERTY -> true;
            case PROPERTY -> readsAsValue(instance.value());
            case RELATIONSHIP, LANGUAGE_PROPERTY, VOCAB_PROPERTY, LIST_PROPERTY, LIST_RELATIONSHIP, JSON_PROPERTY ->
                false;
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
        SpecificationVersion version = representation.version();
        if (instance.unitCode() != null && version.hasDatasets()) {
            out.ascii("\"unitCode\":").string(instance.unitCode()).ascii(',');
        }
        JsonNode qualifierType = instance.qualifierType();
        boolean link = instance.type().isLink();
        if (qualifierType != null && (link ? version.hasObjectTypes() : version.hasValueTypesAndExpiry())) {
            out.ascii(link ? "\"objectType\":" : "\"valueType\":");
            compacted(qualifierType, out);
            out.ascii(',');
        }
        if (instance.observedAt() != null && version.hasDatasets()) {
            out.ascii("\"observedAt\":").string(instance.observedAt()).ascii(',');
        }
        if (!instance.isDefault() && version.hasDatasets()) {
            out.ascii("\"datasetId\":").string(instance.datasetId()).ascii(',');
        }
        for (Attribute attribute : instance.attributes()) {
            writeSubAttribute(attribute, out);
        }
        if (representation.systemAttributes()) {
            time("\"createdAt\":\"", instance.createdAt(), out);
            time("\"modifiedAt\":\"", instance.modifiedAt(), out);
            if (instance.expiresAt() != 0 && version.hasValueTypesAndExpiry()) {
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
            instances(
                    representation.version().hasDatasets() ? attribute.instances() : List.of(attribute.main()),
                    NO_LINKS,
                    Map.of(),
                    out);
        }
        out.ascii(',');
    }

    private static void time(String name, long millis, JsonOut out) {
        out.ascii(name).ascii(Timestamps.format(millis)).ascii("\",");
    }

    private void value(AttributeInstance instance, JsonOut out) {
        switch (instance.type()) {
            case VOCAB_PROPERTY -> {
                if (instance.isNull()) {
                    out.tree(instance.value());
                } else {
                    compacted(instance.value(), out);
                }
            }
            case LIST_RELATIONSHIP -> {
                if (writtenType(instance) == AttributeType.LIST_RELATIONSHIP) {
                    objectList(instance.value(), out);
                } else {
                    out.tree(instance.value());
                }
            }
            case LANGUAGE_PROPERTY ->
                out.tree(isTranslated(instance) ? instance.value().required(language(instance)) : instance.value());
            case PROPERTY, RELATIONSHIP, GEO_PROPERTY, LIST_PROPERTY, JSON_PROPERTY -> out.tree(instance.value());
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
        closeArray(names.isEmpty(), out);
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
        closeArray(targets.isEmpty(), out);
    }
}
