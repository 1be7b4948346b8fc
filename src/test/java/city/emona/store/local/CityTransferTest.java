package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.context.RandomEntities;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.Retention;
import city.emona.store.SeriesSelector;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.transfer.CityExport;
import city.emona.store.transfer.CityImport;
import city.emona.time.Timestamps;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is exported and imported elsewhere is the same. */
class CityTransferTest {
    private static final Tenant OTHER = new Tenant("other");
    private static final String LONG = "urn:x:long";
    private static final String SERIES = "https://x/series";
    private static final int INSTANCES = 5_000;
    private static final Set<String> LEFT_OUT = Set.of("position");

    @TempDir
    Path folder;

    private ContextStore open(String name) {
        return LocalStore.open(folder.resolve(name), 0, Clock.systemUTC());
    }

    private static String export(ContextStore store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CityExport(store, LEFT_OUT, "test", Clock.systemUTC()).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CityImport.Counts read(ContextStore store, String export) throws IOException {
        return new CityImport(store, Set.of("platform")).read(new BufferedReader(new StringReader(export)));
    }

    /** What an export says, whatever the order and the cut of its lines: one text for each entity, instance, hour, day and document. */
    private static Set<String> contents(String export) {
        Set<String> contents = new TreeSet<>();
        for (String line : export.split("\n")) {
            ObjectNode json = Json.parse(line).asObject();
            switch (json.path("kind").asString()) {
                case CityExport.HEAD, "end" -> {
                    // they tell of the export itself
                }
                case "history" -> {
                    String whose = json.path("tenant") + " " + json.path("entity");
                    for (JsonNode piece : json.path("series")) {
                        String series = whose + piece.path("attribute") + piece.path("datasetId");
                        piece.path("instances").forEach(one -> contents.add(series + one));
                    }
                    for (JsonNode piece : json.path("rollUps")) {
                        String series = whose + piece.path("attribute") + piece.path("datasetId");
                        piece.path("times").forEach(one -> contents.add(series + one));
                    }
                }
                default -> contents.add(line);
            }
        }
        return contents;
    }

    private static void fill(LocalStore store) {
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        RandomEntities random = new RandomEntities(seed);
        SplittableRandom choice = new SplittableRandom(seed);
        for (Tenant tenant : List.of(Tenant.DEFAULT, OTHER)) {
            for (int i = 0; i < 60; i++) {
                String id = "urn:x:" + i;
                store.commit(ChangeSet.ofEntities(tenant, List.of(EntityWrite.create(random.next(id)))));
                for (int change = choice.nextInt(5); change > 0; change--) {
                    Entity next = random.next(id);
                    StoredEntity before = store.findEntity(tenant, id).orElseThrow();
                    store.commit(ChangeSet.ofEntities(tenant, List.of(EntityWrite.replace(before, next))));
                }
                if (i % 10 == 9) {
                    StoredEntity last = store.findEntity(tenant, id).orElseThrow();
                    store.commit(ChangeSet.ofEntities(tenant, List.of(EntityWrite.delete(last))));
                }
                if (i % 3 == 0) {
                    store.packHistory(tenant, id);
                }
            }
        }
        store.commit(new ChangeSet(
                OTHER,
                List.of(),
                List.of(
                        new DocumentWrite(
                                "subscription", "s1", Json.bytes(Json.object().put("id", "s1"))),
                        new DocumentWrite("vertical-file", "f1", new byte[] {0, 1, -1}),
                        new DocumentWrite("vertical-file", "spaced", "{ }".getBytes(StandardCharsets.US_ASCII)),
                        new DocumentWrite("position", "p", new byte[] {1}),
                        new DocumentWrite("platform", "p", new byte[] {1}))));
        store.commit(new ChangeSet(
                Tenant.DEFAULT,
                List.of(),
                List.of(),
                List.of(new HistoryWrite.Append(LONG, List.of("https://x/T"), longSeries()))));
        store.packHistory(Tenant.DEFAULT, LONG);
        store.setRetention(
                List.of(new Retention(
                        "https://x/T", Set.of(SERIES), Duration.ofDays(5), Duration.ofDays(8), Duration.ofDays(1_000))),
                ZoneId.of("Europe/Ljubljana"));
        store.sweepHistory();
        store.setRetention(List.of(), ZoneId.of("Europe/Ljubljana"));
        // not packed yet, and in the place of what is
        store.commit(new ChangeSet(
                Tenant.DEFAULT,
                List.of(),
                List.of(),
                List.of(new HistoryWrite.Append(
                        LONG, List.of("https://x/T"), List.of(longSeries().getLast())))));
    }

    /** An instance every five minutes, up to now. */
    private static List<HistoryWrite.Addition> longSeries() {
        List<HistoryWrite.Addition> additions = new ArrayList<>();
        long end = System.currentTimeMillis() / 300_000 * 300_000;
        for (int i = INSTANCES; i > 0; i--) {
            additions.add(new HistoryWrite.Addition(
                    SERIES,
                    new AttributeInstance(
                            AttributeType.PROPERTY,
                            Json.parse(i % 7 + ".10"),
                            "",
                            Timestamps.format(end - 300_000L * i),
                            "CEL",
                            null,
                            end,
                            end,
                            0,
                            List.of())));
        }
        return additions;
    }

    @Test
    void bringsTheSameToAnEmptyCity() throws IOException {
        String export;
        List<HistoryPoint> points;
        try (LocalStore store = (LocalStore) open("from")) {
            fill(store);
            export = export(store);
            points = points(store);
        }
        Set<String> contents = contents(export);
        assertThat(contents)
                .anyMatch(one -> one.contains("past-entity"))
                .anyMatch(one -> one.contains("sumOfSquares"))
                .anyMatch(one -> one.contains("base64"))
                .noneMatch(one -> one.contains("position"))
                .hasSizeGreaterThan(500);
        try (ContextStore store = open("to")) {
            CityImport.Counts counts = read(store, export);

            assertThat(counts.entities()).isEqualTo(2 * 54);
            assertThat(contents(export(store))).isEqualTo(contents);
            assertThat(points(store)).isEqualTo(points);
            assertThat(store.findDocument(OTHER, "vertical-file", "f1")).hasValue(new byte[] {0, 1, -1});
            assertThat(store.findHistory(Tenant.DEFAULT, "urn:x:9")
                            .orElseThrow()
                            .deletedAt())
                    .isPositive();
        }
        // and after a restart
        try (ContextStore store = open("to")) {
            assertThat(contents(export(store))).isEqualTo(contents);
            assertThat(store.listTenants()).containsExactly(Tenant.DEFAULT, OTHER);
        }
    }

    private static List<HistoryPoint> points(ContextStore store) {
        return store.readHistory(Tenant.DEFAULT, LONG, SeriesSelector.ALL, HistoryRange.ALL)
                .getFirst()
                .points();
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        String export;
        try (LocalStore store = (LocalStore) open("from")) {
            fill(store);
            export = export(store);
            long position = store.logEnd();
            CityImport.Counts counts = read(store, export);

            assertThat(counts.changed()).isZero();
            assertThat(contents(export(store))).isEqualTo(contents(export));
            assertThat(store.readLog(position, 10)).isEmpty();
        }
    }

    @Test
    void bringsBackInAnExistingCityWhatIsInTheExportAndKeepsTheRest() throws IOException {
        RandomEntities random = new RandomEntities(5);
        String export;
        try (ContextStore store = open("from")) {
            Entity first = random.next("urn:x:1");
            store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(first))));
            export = export(store);
            StoredEntity before = store.findEntity(Tenant.DEFAULT, "urn:x:1").orElseThrow();
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT,
                    List.of(
                            EntityWrite.replace(before, random.next("urn:x:1")),
                            EntityWrite.create(random.next("urn:x:2")))));
            store.commit(new ChangeSet(
                    Tenant.DEFAULT, List.of(), List.of(new DocumentWrite("platform", "p", new byte[] {7}))));
            read(store, export);

            assertThat(store.findEntity(Tenant.DEFAULT, "urn:x:1").orElseThrow().entity())
                    .isEqualTo(before.entity());
            assertThat(store.findEntity(Tenant.DEFAULT, "urn:x:2")).isPresent();
            assertThat(store.findDocument(Tenant.DEFAULT, "platform", "p")).hasValue(new byte[] {7});
        }
    }

    @Test
    void tellsWhatIsCutOffOrDamaged() throws IOException {
        try (ContextStore store = open("from");
                ContextStore other = open("to")) {
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(new RandomEntities(6).next("urn:x:1")))));
            String export = export(store);
            String cut = export.substring(0, export.lastIndexOf("{\"kind\":\"end\""));
            List<String> lines = export.lines().toList();

            assertThatThrownBy(() -> read(other, cut))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("was cut off after line");
            assertThat(other.findEntity(Tenant.DEFAULT, "urn:x:1")).isPresent();
            assertThatThrownBy(() -> read(other, lines.getFirst() + "\n" + lines.getLast()))
                    .hasMessageContaining("Line 2: ")
                    .hasMessageContaining("lines are missing");
            assertThatThrownBy(() -> read(other, "{}")).hasMessageContaining("Line 1: ");
            assertThatThrownBy(() -> read(other, lines.getFirst() + "\n{\"kind\":\"oak\"}"))
                    .hasMessageContaining("»oak« is not known");
        }
    }
}
