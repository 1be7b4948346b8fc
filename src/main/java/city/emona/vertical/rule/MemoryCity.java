package city.emona.vertical.rule;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A city of the examples of a vertical: it lives in memory, and time passes when the example says so. Not thread safe. */
public final class MemoryCity implements CityView {
    private final TermTable terms;
    private final Map<String, Entity> entities = new TreeMap<>();
    private final List<Said> said = new ArrayList<>();

    /** What was said once; the value is that of the main instance, or the missing node where the attribute went. */
    private record Said(String id, String attribute, long observedAt, JsonNode value) {}

    public MemoryCity(TermTable terms) {
        this.terms = terms;
    }

    /** The id of an entity that an example calls by a name. */
    public static String id(String typeTerm, String name) {
        return name.startsWith("urn:") ? name : "urn:ngsi-ld:" + typeTerm + ":" + name;
    }

    /**
     * An entity says something; what it said before and does not say now stays.
     *
     * @param set values by terms: JSON, or text; an empty text takes the attribute back
     * @param now epoch milliseconds, which is also the time of observation
     * @throws Problem when the values are not of the information model
     */
    public Entity say(String typeTerm, String name, Map<String, String> set, long now) {
        String id = id(typeTerm, name);
        ObjectNode json = Json.object().put("id", id).put("type", typeTerm);
        set.forEach((term, text) -> {
            if (!text.isEmpty()) {
                json.set(term, attribute(text, now));
            }
        });
        Entity fragment = EntityReader.read(json, terms, now);
        Entity next = entities.getOrDefault(id, fragment);
        for (String term : set.keySet()) {
            String attribute = terms.expand(term);
            Optional<Attribute> stated = fragment.findAttribute(attribute);
            next = stated.isPresent() ? next.withAttribute(stated.get()) : next.withoutAttribute(attribute);
            said.add(new Said(
                    id,
                    attribute,
                    now,
                    stated.map(found -> found.main().value())
                            .orElse(Json.object().path("none"))));
        }
        entities.put(id, next);
        return next;
    }

    private static JsonNode attribute(String text, long now) {
        JsonNode value = value(text);
        if (value.isObject() && value.has("coordinates")) {
            ObjectNode place = Json.object().put("type", "GeoProperty");
            place.set("value", value);
            return place;
        }
        ObjectNode property = Json.object().put("type", "Property").put("observedAt", Timestamps.format(now));
        property.set("value", value);
        return property;
    }

    private static JsonNode value(String text) {
        try {
            return Json.parse(text);
        } catch (Problem plainText) {
            return Json.fromPlain(text);
        }
    }

    /** An entity is deleted. */
    public void remove(String id) {
        entities.remove(id);
    }

    @Override
    public Optional<Entity> find(String id) {
        return Optional.ofNullable(entities.get(id));
    }

    @Override
    public List<Entity> ofType(String type) {
        return entities.values().stream()
                .filter(entity -> entity.types().contains(type))
                .toList();
    }

    @Override
    public List<Reading> numbers(String id, String attribute, boolean observed, long from, long to) {
        return said.stream()
                .filter(one -> one.id.equals(id) && one.attribute.equals(attribute) && one.value.isNumber())
                .filter(one -> one.observedAt >= from && one.observedAt <= to)
                .map(one -> new Reading(one.value.doubleValue(), one.observedAt))
                .toList();
    }

    @Override
    public OptionalLong lastSaid(String id, String attribute) {
        return said.stream()
                .filter(one -> one.id.equals(id) && one.attribute.equals(attribute) && !one.value.isMissingNode())
                .mapToLong(Said::observedAt)
                .max();
    }
}
