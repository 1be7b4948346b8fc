package city.emona.vertical.provenance;

import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Remembers of each entity which origins gave which of its attributes, and since when. When a value was fetched is told by the attribute
 * itself: it is changed at the time of the fetch. So a document is written only when an entity is seen first, or by another version, or with other
 * attributes, and a feed that goes on as before costs nothing. Safe for use by many threads.
 */
public final class Origins {
    private static final String KIND = "origin";
    private static final String OF_ENTITY = "entity-origins";
    private static final int ID_LENGTH = 16;

    /** How many changes of origin are kept of an entity. */
    private static final int KEPT = 20;

    private final ContextStore store;
    private final Map<String, Delivered> known = new ConcurrentHashMap<>();

    public Origins(ContextStore store) {
        this.store = store;
    }

    /** An origin with the attributes that it gives, by their expanded names. */
    private record Delivered(Origin origin, Set<String> attributes) {
        String id() {
            return Origin.sha256(origin + " " + attributes).substring(0, ID_LENGTH);
        }
    }

    /**
     * A time from which an origin gave attributes of an entity.
     *
     * @param since the time of the fetch in epoch milliseconds
     */
    public record Stretch(Origin origin, Set<String> attributes, long since) {}

    private record Line(String id, long since) {
        static Line of(String text) {
            int blank = text.indexOf(' ');
            return new Line(text.substring(0, blank), Long.parseLong(text.substring(blank + 1)));
        }

        @Override
        public String toString() {
            return id + " " + since;
        }
    }

    /** What an origin gave of an entity last; empty when it gave nothing yet. */
    public Optional<Set<String>> findGiven(String entityId, String source) {
        return list(entityId).stream()
                .filter(stretch -> stretch.origin().source().equals(source))
                .findFirst()
                .map(Stretch::attributes);
    }

    /** The origins of an entity's attributes, the newest first. */
    public List<Stretch> list(String entityId) {
        List<Stretch> stretches = new ArrayList<>();
        for (Line line : lines(entityId)) {
            find(line.id()).ifPresent(one -> stretches.add(new Stretch(one.origin(), one.attributes(), line.since())));
        }
        return stretches;
    }

    /** Which origin gave each attribute of an entity last. */
    public Map<String, Stretch> byAttribute(String entityId) {
        Map<String, Stretch> newest = new LinkedHashMap<>();
        Set<String> sources = new HashSet<>();
        for (Stretch stretch : list(entityId)) {
            // what a source gave before and gives no more has been taken back
            if (sources.add(stretch.origin().source())) {
                stretch.attributes().forEach(name -> newest.putIfAbsent(name, stretch));
            }
        }
        return newest;
    }

    /**
     * Writes down that an origin gives these attributes of some entities from now on; what is known already is not written.
     *
     * @param attributes of each entity, by its id
     * @param since the time of the fetch in epoch milliseconds
     */
    public synchronized void give(Origin origin, Map<String, Set<String>> attributes, long since) {
        Map<String, DocumentWrite> writes = new LinkedHashMap<>();
        // entities of one source have few sets of attributes
        Map<Set<String>, String> ids = new HashMap<>();
        attributes.forEach((entityId, names) -> {
            String id = ids.computeIfAbsent(names, some -> new Delivered(origin, new TreeSet<>(some)).id());
            List<Line> lines = new ArrayList<>(lines(entityId));
            if (newestOf(lines, origin.source()).filter(id::equals).isPresent()) {
                return;
            }
            if (find(id).isEmpty()) {
                Delivered delivered = new Delivered(origin, new TreeSet<>(names));
                writes.put(id, new DocumentWrite(KIND, id, Json.bytes(json(delivered))));
                known.put(id, delivered);
            }
            lines.addFirst(new Line(id, since));
            String content = lines.stream().limit(KEPT).map(Line::toString).collect(Collectors.joining("\n"));
            writes.put(entityId, new DocumentWrite(OF_ENTITY, entityId, content.getBytes(StandardCharsets.US_ASCII)));
        });
        if (!writes.isEmpty()) {
            store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.copyOf(writes.values())));
        }
    }

    private Optional<String> newestOf(Collection<Line> lines, String source) {
        return lines.stream()
                .map(Line::id)
                .filter(id -> find(id).filter(one -> one.origin().source().equals(source))
                        .isPresent())
                .findFirst();
    }

    /** The write that forgets an entity's origins. */
    public static DocumentWrite forgetting(String entityId) {
        return new DocumentWrite(OF_ENTITY, entityId, null);
    }

    private List<Line> lines(String entityId) {
        return store.findDocument(Tenant.DEFAULT, OF_ENTITY, entityId)
                .map(content -> new String(content, StandardCharsets.US_ASCII)
                        .lines()
                        .map(Line::of)
                        .toList())
                .orElse(List.of());
    }

    private Optional<Delivered> find(String id) {
        Delivered cached = known.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Delivered> stored =
                store.findDocument(Tenant.DEFAULT, KIND, id).map(content -> delivered(Json.parse(content)));
        stored.ifPresent(one -> known.put(id, one));
        return stored;
    }

    private static ObjectNode json(Delivered delivered) {
        Origin origin = delivered.origin();
        ObjectNode json = Json.object()
                .put("source", origin.source())
                .put("vertical", origin.vertical())
                .put("version", origin.version())
                .put("mapping", origin.mapping())
                .put("digest", origin.digest());
        delivered.attributes().forEach(json.putArray("attributes")::add);
        return json;
    }

    private static Delivered delivered(JsonNode json) {
        Set<String> attributes = new TreeSet<>();
        json.path("attributes").forEach(name -> attributes.add(name.asString("")));
        return new Delivered(
                new Origin(
                        json.path("source").asString(""),
                        json.path("vertical").asString(""),
                        json.path("version").asString(""),
                        json.path("mapping").asString(""),
                        json.path("digest").asString("")),
                attributes);
    }
}
