package city.emona.vertical.source;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.time.Timestamps;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PlatformTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The health of a source as an entity of type {@link PlatformTerms#DATA_SOURCE}. */
final class HealthEntity {
    private static final String NAME = "https://smartdatamodels.org/name";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final long now;
    private final List<Attribute> attributes = new ArrayList<>();

    private HealthEntity(long now) {
        this.now = now;
    }

    static Entity of(SourceHealth health, long now) {
        HealthEntity entity = new HealthEntity(now);
        SourceHealth.Identity identity = health.identity();
        entity.text(NAME, identity.name(), null);
        entity.property("vertical", JSON.stringNode(identity.vertical()));
        entity.property("sourceAddress", JSON.stringNode(identity.address()));
        entity.property("sourceStatus", JSON.stringNode(health.status().term()));
        entity.time("lastAttemptAt", health.lastAttempt());
        entity.time("lastSuccessAt", health.lastSuccess());
        entity.time("newestObservationAt", health.counts().newestObservation());
        health.findTrouble()
                .ifPresent(trouble -> entity.text(
                        PlatformTerms.NAMESPACE + "lastError",
                        trouble.reason(),
                        Timestamps.format(trouble.sinceMillis())));
        if (health.lastSuccess() > 0) {
            entity.counts(health.counts());
        }
        if (identity.demo()) {
            entity.property("isDemo", JSON.booleanNode(true));
        }
        return new Entity(identity.id(), List.of(PlatformTerms.DATA_SOURCE), List.of(), now, now, 0, entity.attributes);
    }

    private void counts(SourceHealth.Counts counts) {
        number("acceptedRecords", counts.accepted());
        number("incompleteRecords", counts.incomplete());
        number("rejectedRecords", counts.rejected());
        number("unchangedEntities", counts.unchanged());
        number("providedEntities", counts.entities());
    }

    private void number(String term, int value) {
        property(term, JSON.numberNode(value));
    }

    private void time(String term, long atMillis) {
        if (atMillis > 0) {
            ObjectNode value = Json.object();
            value.put("@type", "DateTime");
            value.put("@value", Timestamps.format(atMillis));
            property(term, value);
        }
    }

    private void text(String name, LocalizedText text, @Nullable String observedAt) {
        ObjectNode languages = Json.object();
        languages.put("sl", text.sl());
        languages.put("en", text.en());
        add(name, AttributeType.LANGUAGE_PROPERTY, languages, observedAt);
    }

    private void property(String term, JsonNode value) {
        add(PlatformTerms.NAMESPACE + term, AttributeType.PROPERTY, value, null);
    }

    private void add(String name, AttributeType type, JsonNode value, @Nullable String observedAt) {
        attributes.add(new Attribute(
                name, List.of(new AttributeInstance(type, value, "", observedAt, null, null, now, now, 0, List.of()))));
    }
}
