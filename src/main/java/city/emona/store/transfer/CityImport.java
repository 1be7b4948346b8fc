package city.emona.store.transfer;

import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryWrite;
import city.emona.store.Series;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@link CityExport} writes. What is there already stays as it is, so that reading the same again changes nothing; an entity or
 * document that is there with another content becomes what the export says. For use by one thread, while nobody else writes.
 */
public final class CityImport {
    /** How many lines one commit is for. */
    private static final int TOGETHER = 500;

    private final ContextStore store;
    private final Set<String> keep;
    private final List<EntityWrite> entities = new ArrayList<>();
    private final List<DocumentWrite> documents = new ArrayList<>();
    private final List<HistoryWrite> histories = new ArrayList<>();
    private final Set<String> entityIds = new HashSet<>();
    private final Set<String> historyIds = new HashSet<>();
    private Tenant tenant = Tenant.DEFAULT;
    private Counts counts = new Counts(0, 0, 0, 0);

    /** What an import came across: how many lines of each, and how many entities and documents were new or other than before. */
    public record Counts(long entities, long documents, long instances, long changed) {}

    /** @param keep the kinds of documents that are only taken where there is none yet */
    public CityImport(ContextStore store, Set<String> keep) {
        this.store = store;
        this.keep = Set.copyOf(keep);
    }

    /**
     * Reads all.
     *
     * @throws Problem of type InvalidRequest with the line when it is not right, or when the end is missing; what stood before is imported
     */
    public Counts read(BufferedReader in) throws IOException {
        long number = 0;
        boolean ended = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode json = parse(line, ++number);
            try {
                ended = take(json, number);
            } catch (Problem e) {
                flush();
                throw Problem.invalidRequest("Line " + number + ": " + e.detail(), e.remedy());
            }
        }
        flush();
        if (!ended) {
            throw Problem.invalidRequest(
                    "The export was cut off after line " + number + "; what stood before is imported.",
                    "Export again; importing the rest changes nothing that is there.");
        }
        return counts;
    }

    private static JsonNode parse(String line, long number) {
        try {
            return Json.parse(line);
        } catch (Problem e) {
            throw Problem.invalidRequest("Line " + number + " is no JSON.", "Export again.");
        }
    }

    /** Takes a line; true when it is the last. */
    private boolean take(JsonNode json, long number) {
        String kind = PlainEntities.text(json, "kind");
        if (number == 1) {
            if (!kind.equals(CityExport.HEAD) || json.path("form").asInt(0) != CityExport.FORM) {
                throw PlainEntities.wrong("it is no export, or one of a newer version");
            }
            return false;
        }
        if (kind.equals(CityExport.END)) {
            if (json.path("lines").asLong(-1) != number - 1) {
                throw PlainEntities.wrong("lines are missing before the end");
            }
            return true;
        }
        Tenant of = new Tenant(json.path("tenant").asString(""));
        if (!of.equals(tenant) || entities.size() + documents.size() + histories.size() >= TOGETHER) {
            flush();
            tenant = of;
        }
        switch (kind) {
            case "entity" -> takeEntity(PlainEntities.entity(json));
            case "past-entity" -> takePast(json);
            case "document" -> takeDocument(json);
            case "history" -> takeHistory(json);
            default -> throw PlainEntities.wrong("the kind »" + kind + "« is not known");
        }
        return false;
    }

    private void takeEntity(Entity entity) {
        if (!entityIds.add(entity.id())) {
            throw PlainEntities.wrong("the entity " + entity.id() + " is there twice");
        }
        Optional<StoredEntity> present = store.findEntity(tenant, entity.id());
        boolean same = present.map(one -> one.entity().equals(entity)).orElse(false);
        count(1, 0, 0, same ? 0 : 1);
        if (!same) {
            long version = present.map(StoredEntity::version).orElse(EntityWrite.ABSENT);
            entities.add(new EntityWrite(entity.id(), version, PackedEntity.pack(entity), null));
        }
    }

    private void takePast(JsonNode json) {
        String id = PlainEntities.text(json, "id");
        HistoryHeader header = new HistoryHeader(
                id,
                PlainEntities.texts(json.path("types")),
                PlainEntities.time(json, "createdAt"),
                PlainEntities.time(json, "modifiedAt"),
                PlainEntities.time(json, "deletedAt"));
        add(new HistoryWrite.Restore(id, header, List.of(), List.of()));
    }

    private void takeHistory(JsonNode json) {
        List<Series> series = new ArrayList<>();
        for (JsonNode one : json.path("series")) {
            series.add(PlainHistory.series(one));
            count(0, 0, series.getLast().points().size(), 0);
        }
        List<HistoryWrite.RestoredTimes> times = new ArrayList<>();
        for (JsonNode one : json.path("rollUps")) {
            times.add(new HistoryWrite.RestoredTimes(
                    PlainEntities.text(one, "attribute"),
                    one.path("datasetId").asString(""),
                    PlainHistory.rollUps(one)));
        }
        add(new HistoryWrite.Restore(PlainEntities.text(json, "entity"), null, series, times));
    }

    /** Histories of one entity go into one commit each, in their order. */
    private void add(HistoryWrite.Restore restore) {
        if (!historyIds.add(restore.entityId())) {
            flush();
            historyIds.add(restore.entityId());
        }
        histories.add(restore);
    }

    private void takeDocument(JsonNode json) {
        String kind = PlainEntities.text(json, "of");
        String key = PlainEntities.text(json, "key");
        byte[] content = content(json);
        byte @Nullable [] present = store.findDocument(tenant, kind, key).orElse(null);
        boolean same = present != null && (keep.contains(kind) || Arrays.equals(present, content));
        count(0, 1, 0, same ? 0 : 1);
        if (!same) {
            documents.add(new DocumentWrite(kind, key, content));
        }
    }

    private static byte[] content(JsonNode json) {
        JsonNode plain = json.get("json");
        if (plain != null) {
            return Json.bytes(plain);
        }
        try {
            return Base64.getDecoder().decode(PlainEntities.text(json, "base64"));
        } catch (IllegalArgumentException e) {
            throw PlainEntities.wrong("a content is no Base64");
        }
    }

    private void count(int moreEntities, int moreDocuments, int moreInstances, int moreChanged) {
        counts = new Counts(
                counts.entities + moreEntities,
                counts.documents + moreDocuments,
                counts.instances + moreInstances,
                counts.changed + moreChanged);
    }

    private void flush() {
        ChangeSet changes = new ChangeSet(tenant, entities, documents, histories);
        if (!changes.isEmpty()) {
            store.commit(changes);
        }
        entities.clear();
        documents.clear();
        histories.clear();
        entityIds.clear();
        historyIds.clear();
    }
}
