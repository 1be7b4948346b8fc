package city.emona.store.transfer;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.store.ContextStore;
import city.emona.store.HistoryHeader;
import city.emona.store.HistorySink;
import city.emona.store.RollUp;
import city.emona.store.Series;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes everything as lines of JSON, each of a {@code kind}: the head, and for each tenant its documents, its entities, and behind each its
 * history in pieces; at the end how many lines there were. Each entity is as it is at its turn; of one moment is only a backup.
 *
 * @param without the kinds of documents that mean nothing elsewhere
 */
public record CityExport(ContextStore store, Set<String> without, String program, Clock clock) {
    /** The kind of the first line. */
    public static final String HEAD = "emona-export";

    /** The kind of the last line. */
    static final String END = "end";

    static final int FORM = 1;

    /** How many instances a line holds at most; a single block of the store may go beyond. */
    private static final int MOST_INSTANCES = 1_000;

    /** Writes all; the stream is not closed. */
    public void write(OutputStream out) throws IOException {
        Lines lines = new Lines(out);
        lines.write(Json.object()
                .put("kind", HEAD)
                .put("form", FORM)
                .put("program", program)
                .put("createdAt", Timestamps.format(clock.millis())));
        try {
            for (Tenant tenant : store.listTenants()) {
                writeDocuments(tenant, lines);
                writeEntities(tenant, lines);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        lines.write(Json.object().put("kind", END).put("lines", lines.count));
        out.flush();
    }

    private void writeDocuments(Tenant tenant, Lines lines) throws IOException {
        for (String kind : store.listDocumentKinds(tenant)) {
            if (without.contains(kind)) {
                continue;
            }
            for (String key : store.listDocuments(tenant, kind)) {
                byte[] content = store.findDocument(tenant, kind, key).orElse(null);
                if (content != null) {
                    ObjectNode line = line("document", tenant).put("of", kind).put("key", key);
                    putContent(line, content);
                    lines.write(line);
                }
            }
        }
    }

    /** As JSON where that says the same, byte for byte. */
    private static void putContent(ObjectNode line, byte[] content) {
        try {
            JsonNode json = Json.parse(content);
            if (Arrays.equals(Json.bytes(json), content)) {
                line.set("json", json);
                return;
            }
        } catch (Problem e) {
            // it is no JSON
            line.remove("json");
        }
        line.put("base64", Base64.getEncoder().encodeToString(content));
    }

    private void writeEntities(Tenant tenant, Lines lines) throws IOException {
        EntityFilter all = EntityFilter.of(EntitySelector.ANY);
        for (Iterator<HistoryHeader> headers = store.listHistories(tenant, all); headers.hasNext(); ) {
            HistoryHeader header = headers.next();
            var stored = store.findEntity(tenant, header.id());
            if (stored.isPresent()) {
                ObjectNode line = line("entity", tenant);
                PlainEntities.put(line, stored.get().entity());
                lines.write(line);
            } else if (header.deletedAt() != 0
                    || store.findHistory(tenant, header.id()).isPresent()) {
                lines.write(past(tenant, header));
            }
            Pieces pieces = new Pieces(tenant, header.id(), lines);
            store.exportHistory(tenant, header.id(), pieces);
            pieces.flush();
        }
    }

    private static ObjectNode past(Tenant tenant, HistoryHeader header) {
        ObjectNode line = line("past-entity", tenant).put("id", header.id());
        PlainEntities.texts(line.putArray("types"), header.types());
        PlainEntities.putTime(line, "createdAt", header.createdAt());
        PlainEntities.putTime(line, "modifiedAt", header.modifiedAt());
        PlainEntities.putTime(line, "deletedAt", header.deletedAt());
        return line;
    }

    private static ObjectNode line(String kind, Tenant tenant) {
        ObjectNode line = Json.object().put("kind", kind);
        return tenant.isDefault() ? line : line.put("tenant", tenant.name());
    }

    /** Writes lines and counts them. */
    private static final class Lines {
        private final OutputStream out;
        private long count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void write(ObjectNode line) throws IOException {
            out.write(Json.bytes(line));
            out.write('\n');
            count++;
        }
    }

    /** Makes lines of the pieces of an entity's history. */
    private static final class Pieces implements HistorySink {
        private final Tenant tenant;
        private final String id;
        private final Lines lines;
        private ObjectNode line;
        private int instances;

        Pieces(Tenant tenant, String id, Lines lines) {
            this.tenant = tenant;
            this.id = id;
            this.lines = lines;
            this.line = begin();
        }

        private ObjectNode begin() {
            instances = 0;
            return line("history", tenant).put("entity", id);
        }

        @Override
        public void points(Series piece) {
            List<?> all = piece.points();
            for (int from = 0; from < all.size(); from += MOST_INSTANCES) {
                int to = Math.min(all.size(), from + MOST_INSTANCES);
                line.withArray("series")
                        .add(PlainHistory.json(new Series(
                                piece.attribute(),
                                piece.datasetId(),
                                piece.points().subList(from, to))));
                grow(to - from);
            }
        }

        @Override
        public void rollUps(String attribute, String datasetId, List<RollUp> piece) {
            line.withArray("rollUps").add(PlainHistory.json(attribute, datasetId, piece));
            grow(piece.size());
        }

        private void grow(int by) {
            instances += by;
            if (instances >= MOST_INSTANCES) {
                try {
                    flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        void flush() throws IOException {
            if (instances > 0) {
                lines.write(line);
                line = begin();
            }
        }
    }
}
