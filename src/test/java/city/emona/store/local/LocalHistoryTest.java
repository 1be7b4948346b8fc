package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.PackedEntity;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.TypeSelection;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.InstanceId;
import city.emona.store.LogEntry;
import city.emona.store.RollUp;
import city.emona.store.Series;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The history that the embedded store keeps is that of a model which keeps everything in a list. */
class LocalHistoryTest {
    private static final long SEED = Long.getLong("tests.seed", System.nanoTime());
    private static final TermTable TERMS = TermTable.core();
    private static final String ID = "urn:ngsi-ld:Sensor:1";
    private static final String LEVEL = TERMS.expand("level");
    private static final long BEGIN = Timestamps.parse("2026-01-01T00:00:00Z").orElseThrow();

    @TempDir
    Path folder;

    private LocalStore store;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    private static AttributeInstance level(JsonNode value, @Nullable String observedAt, String datasetId) {
        return new AttributeInstance(
                AttributeType.PROPERTY, value, datasetId, observedAt, "MTR", null, BEGIN, BEGIN, 0, List.of());
    }

    private void append(List<AttributeInstance> instances) {
        commit(new HistoryWrite.Append(
                ID,
                List.of(TERMS.expand("Sensor")),
                instances.stream()
                        .map(instance -> new HistoryWrite.Addition(LEVEL, instance))
                        .toList()));
    }

    private void commit(HistoryWrite write) {
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(), List.of(write)));
    }

    private static String time(long minutes) {
        return Timestamps.format(BEGIN + 60_000 * minutes);
    }

    private List<HistoryPoint> points(HistoryRange range) {
        return store.readHistory(Tenant.DEFAULT, ID, SeriesSelector.ALL, range).stream()
                .sorted(Comparator.comparing(Series::attribute).thenComparing(Series::datasetId))
                .flatMap(series -> series.points().stream())
                .toList();
    }

    private static Entity sensor(String members, long at) {
        String json = "{\"id\":\"" + ID + "\",\"type\":\"Sensor\"" + members + "}";
        return EntityReader.read(Json.parse(json), TERMS, at);
    }

    @Test
    void keepsWhatEachChangeOfCurrentStateLeft() {
        store.commit(ChangeSet.ofEntities(
                Tenant.DEFAULT,
                List.of(EntityWrite.create(sensor(
                        ",\"level\":{\"value\":1.50,\"observedAt\":\"2026-01-01T00:00:00Z\"},\"scope\":\"/a\"",
                        BEGIN)))));
        StoredEntity one = store.findEntity(Tenant.DEFAULT, ID).orElseThrow();
        store.commit(ChangeSet.ofEntities(
                Tenant.DEFAULT,
                List.of(EntityWrite.replace(
                        one,
                        sensor(",\"level\":{\"value\":2,\"observedAt\":\"2026-01-01T00:10:00Z\"}", BEGIN + 1)
                                .withTimes(BEGIN, BEGIN + 1)))));
        StoredEntity two = store.findEntity(Tenant.DEFAULT, ID).orElseThrow();
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.delete(two))));

        for (int round = 0; round < 3; round++) {
            assertThat(points(HistoryRange.ALL))
                    .extracting(point -> point.instance().value().toString())
                    .containsExactly("1.50", "2", "[\"/a\"]");
            List<Series> deletions =
                    store.readHistory(Tenant.DEFAULT, ID, SeriesSelector.ALL, HistoryRange.of(TimeProperty.DELETED_AT));
            assertThat(deletions).extracting(Series::attribute).containsExactlyInAnyOrder(LEVEL, SeriesSelector.SCOPE);
            assertThat(deletions)
                    .allSatisfy(series ->
                            assertThat(series.points()).singleElement().matches(HistoryPoint::isDeleted));
            assertThat(store.readHistory(
                                    Tenant.DEFAULT,
                                    ID,
                                    new SeriesSelector(Set.of(SeriesSelector.SCOPE), null),
                                    HistoryRange.of(TimeProperty.MODIFIED_AT))
                            .getFirst()
                            .points())
                    .extracting(point -> point.instance().value().toString())
                    .containsExactly("[\"/a\"]");
            HistoryHeader header = store.findHistory(Tenant.DEFAULT, ID).orElseThrow();
            assertThat(header.deletedAt()).isPositive();
            assertThat(header.createdAt()).isEqualTo(BEGIN);
            if (round == 0) {
                store.packHistory(Tenant.DEFAULT, ID);
            } else {
                reopen();
            }
        }
    }

    @Test
    void listsThoseThatExistAndThoseThatHaveOnlyAHistory() {
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(sensor(",\"level\":1", BEGIN)))));
        append(List.of(level(Json.parse("2"), time(0), "")));
        for (String id : List.of("urn:ngsi-ld:Sensor:0", "urn:ngsi-ld:Sensor:2")) {
            commit(new HistoryWrite.Append(
                    id,
                    List.of(TERMS.expand("Sensor")),
                    List.of(new HistoryWrite.Addition(LEVEL, level(Json.parse("2"), time(0), "")))));
        }
        commit(new HistoryWrite.Append(
                "urn:ngsi-ld:Other:0",
                List.of(TERMS.expand("Other")),
                List.of(new HistoryWrite.Addition(LEVEL, level(Json.parse("2"), time(0), "")))));
        reopen();

        List<String> ids = new ArrayList<>();
        store.listHistories(
                        Tenant.DEFAULT,
                        EntityFilter.of(EntitySelector.ofTypes(TypeSelection.of(TERMS.expand("Sensor")))))
                .forEachRemaining(header -> ids.add(header.id()));
        assertThat(ids).containsExactly("urn:ngsi-ld:Sensor:0", ID, "urn:ngsi-ld:Sensor:2");
        assertThat(store.findEntity(Tenant.DEFAULT, "urn:ngsi-ld:Sensor:0")).isEmpty();
        assertThat(store.findEntity(Tenant.DEFAULT, ID).orElseThrow().entity().findText(LEVEL))
                .isEmpty();

        commit(new HistoryWrite.DeleteEntity("urn:ngsi-ld:Sensor:0"));
        assertThat(store.findHistory(Tenant.DEFAULT, "urn:ngsi-ld:Sensor:0")).isEmpty();
        assertThat(store.readHistory(Tenant.DEFAULT, "urn:ngsi-ld:Sensor:0", SeriesSelector.ALL, HistoryRange.ALL))
                .isEmpty();
    }

    /** Everything that was written and not replaced or deleted, as a list. */
    private static final class Model {
        private final List<AttributeInstance> instances = new ArrayList<>();

        void append(AttributeInstance instance) {
            instances.removeIf(other -> instance.observedAt() != null
                    && other.observedAt() != null
                    && micros(other) == micros(instance)
                    && other.datasetId().equals(instance.datasetId()));
            instances.add(instance);
        }

        static long micros(AttributeInstance instance) {
            return instance.observedAt() == null
                    ? HistoryPoint.NONE
                    : Timestamps.parseMicros(instance.observedAt()).orElseThrow();
        }

        List<String> observed(HistoryRange range) {
            TreeMap<String, List<String>> bySeries = new TreeMap<>();
            instances.stream()
                    .filter(instance -> range.holds(micros(instance)))
                    .sorted(Comparator.comparingLong(Model::micros))
                    .forEach(instance -> bySeries.computeIfAbsent(instance.datasetId(), _ -> new ArrayList<>())
                            .add(text(instance)));
            List<String> all = new ArrayList<>();
            bySeries.values()
                    .forEach(texts -> all.addAll(
                            range.lastN() > 0
                                    ? texts.subList(Math.max(0, texts.size() - range.lastN()), texts.size())
                                    : texts));
            return all;
        }
    }

    private static String text(AttributeInstance instance) {
        return instance.datasetId() + "|" + instance.observedAt() + "|" + Json.text(instance.value()) + "|"
                + instance.unitCode() + "|" + instance.attributes().size();
    }

    private AttributeInstance randomInstance(Random random, int minutes) {
        JsonNode value =
                switch (random.nextInt(12)) {
                    case 0 -> Json.parse("\"text " + random.nextInt(3) + "\"");
                    case 1 -> Json.parse("[1,{\"a\":" + random.nextInt(5) + "}]");
                    case 2 -> Json.parse("1e" + random.nextInt(40));
                    case 3 -> Json.parse(Long.toString(random.nextLong()));
                    case 4 -> Json.parse("true");
                    default -> Json.parse((random.nextInt(4_000) - 2_000) / 10 + "." + random.nextInt(10) + "0");
                };
        String observedAt =
                switch (random.nextInt(20)) {
                    case 0 -> null;
                    case 1 -> time(minutes).replace("Z", ".5Z");
                    case 2 -> time(minutes).replace("Z", ",123456Z");
                    case 3 -> time(minutes).replace("Z", ".000Z");
                    default -> time(minutes);
                };
        AttributeInstance instance = level(value, observedAt, random.nextInt(5) == 0 ? "urn:d:1" : "");
        return random.nextInt(10) == 0
                ? instance.withAttributes(List.of(new Attribute(
                        TERMS.expand("accuracy"), List.of(level(Json.parse("" + random.nextInt(3)), null, "")))))
                : instance;
    }

    @Test
    void findsWhatAListFindsWhereverLateAndRepeatedInstancesCome() {
        System.out.println("tests.seed=" + SEED);
        Random random = new Random(SEED);
        Model model = new Model();
        for (int round = 0; round < 60; round++) {
            List<AttributeInstance> more = new ArrayList<>();
            int around = random.nextInt(3) == 0 ? random.nextInt(3_000) : 60 * round;
            for (int i = random.nextInt(150); i >= 0; i--) {
                more.add(randomInstance(random, around + random.nextInt(120)));
            }
            append(more);
            more.forEach(model::append);
            if (random.nextInt(3) == 0) {
                store.packHistory(Tenant.DEFAULT, ID);
            }
            if (random.nextInt(20) == 0) {
                reopen();
            }
            if (random.nextInt(4) == 0) {
                changeOne(random, model);
            }
            for (int look = 0; look < 5; look++) {
                long from = Timestamps.parseMicros(time(random.nextInt(3_600) - 100))
                        .orElseThrow();
                HistoryRange range = HistoryRange.between(
                        TimeProperty.OBSERVED_AT, from, from + 60_000_000L * random.nextInt(1_500));
                HistoryRange asked = random.nextInt(3) == 0 ? range.last(1 + random.nextInt(10)) : range;
                assertThat(points(asked).stream().map(point -> text(point.instance())))
                        .as("round %s, %s, seed %s", round, asked, SEED)
                        .containsExactlyElementsOf(model.observed(asked));
                assertThat(scanned(range))
                        .as("round %s, %s, seed %s", round, range, SEED)
                        .isEqualTo(numbers(model.observed(range)));
            }
        }
        assertThat(points(HistoryRange.of(TimeProperty.MODIFIED_AT))).hasSize(model.instances.size());
    }

    @Test
    void replacesWhatWasObservedAtTheSameTimeWhereverBlocksEnd() {
        append(IntStream.range(0, HistoryBlock.CAPACITY - 1)
                .mapToObj(i -> level(Json.parse("" + i), time(i), ""))
                .toList());
        String observedAt = time(HistoryBlock.CAPACITY - 1);
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(measured(-1, observedAt)))));
        StoredEntity one = store.findEntity(Tenant.DEFAULT, ID).orElseThrow();
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.replace(one, measured(-2, observedAt)))));
        store.packHistory(Tenant.DEFAULT, ID);
        assertThat(points(HistoryRange.ALL)).hasSize(HistoryBlock.CAPACITY + 1);

        append(List.of(level(Json.parse("7"), observedAt, "")));

        for (int round = 0; round < 2; round++) {
            assertThat(points(HistoryRange.ALL)).hasSize(HistoryBlock.CAPACITY);
            assertThat(points(HistoryRange.ALL).getLast().instance().value().intValue())
                    .isEqualTo(7);
            store.packHistory(Tenant.DEFAULT, ID);
        }
    }

    private static Entity measured(int value, String observedAt) {
        return sensor(",\"level\":{\"value\":" + value + ",\"observedAt\":\"" + observedAt + "\"}", BEGIN);
    }

    @Test
    void findsTheLatestInstanceAtOnceWhateverChangedIt() {
        append(List.of(level(Json.parse("1"), time(1), ""), level(Json.parse("2"), time(2), "")));
        assertThat(latest(10)).containsExactly(2);
        append(List.of(level(Json.parse("3"), time(3), "")));
        assertThat(latest(10)).containsExactly(3);
        append(List.of(level(Json.parse("0"), time(0), "")));
        assertThat(latest(10)).containsExactly(3);
        assertThat(latest(3)).as("before the latest of all").containsExactly(2);
        assertThat(latest(0)).isEmpty();
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(measured(4, time(4))))));
        assertThat(latest(10)).containsExactly(4);
        store.packHistory(Tenant.DEFAULT, ID);
        assertThat(latest(10)).containsExactly(4);
        commit(new HistoryWrite.DeleteInstance(
                ID, LEVEL, points(HistoryRange.ALL).getLast().id()));
        assertThat(latest(10)).containsExactly(3);
        commit(new HistoryWrite.DeleteSeries(ID, LEVEL, null));
        assertThat(latest(10)).isEmpty();
    }

    /** The values of the latest instance before a time. */
    private List<Integer> latest(int minutes) {
        long to = Timestamps.parseMicros(time(minutes)).orElseThrow();
        return points(HistoryRange.between(TimeProperty.OBSERVED_AT, 0, to).last(1)).stream()
                .map(point -> point.instance().value().intValue())
                .toList();
    }

    /** Deletes an instance, or gives it another value. */
    private void changeOne(Random random, Model model) {
        List<HistoryPoint> all = points(HistoryRange.of(TimeProperty.MODIFIED_AT));
        HistoryPoint one = all.get(random.nextInt(all.size()));
        AttributeInstance was = model.instances.stream()
                .filter(instance -> text(instance).equals(text(one.instance())))
                .findFirst()
                .orElseThrow();
        model.instances.remove(was);
        if (random.nextBoolean()) {
            commit(new HistoryWrite.DeleteInstance(ID, LEVEL, one.id()));
        } else {
            AttributeInstance other = level(Json.parse("-7"), was.observedAt(), was.datasetId());
            model.instances.add(other);
            commit(new HistoryWrite.ReplaceInstance(ID, LEVEL, one.id(), other));
            assertThat(points(HistoryRange.of(TimeProperty.MODIFIED_AT)))
                    .filteredOn(point -> point.id().equals(one.id()))
                    .singleElement()
                    .satisfies(point -> assertThat(text(point.instance())).isEqualTo(text(other)));
        }
    }

    private List<Double> scanned(HistoryRange range) {
        List<Double> found = new ArrayList<>();
        store.scanHistory(Tenant.DEFAULT, ID, SeriesSelector.ALL, range, new SeriesScan() {
            @Override
            public void begin(String attribute, String datasetId) {
                assertThat(attribute).isEqualTo(LEVEL);
            }

            @Override
            public void numbers(long[] micros, double[] values, int from, int to) {
                for (int i = from; i < to; i++) {
                    assertThat(range.holds(micros[i])).isTrue();
                    found.add(values[i]);
                }
            }

            @Override
            public void rolledUp(RollUp rollUp) {
                throw new AssertionError("nothing was rolled up");
            }

            @Override
            public void point(long micros, HistoryPoint point) {
                assertThat(range.holds(micros)).isTrue();
                if (point.instance().value().isNumber()) {
                    found.add(point.instance().value().doubleValue());
                }
            }
        });
        return found.stream().sorted().toList();
    }

    private static List<Double> numbers(List<String> texts) {
        return texts.stream()
                .map(text -> Json.parse(text.split("\\|", -1)[2]))
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .sorted()
                .toList();
    }

    @Test
    void takesFourBytesOrLessForAPointOfARegularSeries() {
        Random random = new Random(SEED);
        List<HistoryPoint> points = new ArrayList<>();
        long recordedAt = BEGIN;
        double level = 200;
        for (int i = 0; i < HistoryBlock.CAPACITY; i++) {
            recordedAt = BEGIN + 60_000L * i + 300 + random.nextInt(200);
            level += random.nextInt(5) - 2;
            AttributeInstance instance = new AttributeInstance(
                    AttributeType.PROPERTY,
                    Json.parse(Math.round(level) / 10 + "." + Math.abs(Math.round(level) % 10)),
                    "",
                    time(i),
                    "CEL",
                    null,
                    recordedAt,
                    recordedAt,
                    0,
                    List.of());
            points.add(new HistoryPoint(new InstanceId(recordedAt, random.nextInt(3), 1), instance));
        }
        byte[] block = HistoryBlock.pack(points);
        System.out.println("tests.seed=" + SEED + ", bytes for a point: " + (double) block.length / points.size());
        assertThat((double) block.length / points.size()).isLessThan(4);
        assertThat(HistoryBlock.of(block).points("")).isEqualTo(points);
    }

    @Test
    void packsByItselfWhatHasGrown() throws InterruptedException {
        for (int i = 0; i < HistoryPacker.WAITING; i++) {
            append(List.of(level(Json.parse("" + i), time(i), "")));
        }
        while (store.countUnpacked(Tenant.DEFAULT, ID) > 0) {
            Thread.onSpinWait();
        }
        assertThat(points(HistoryRange.ALL))
                .extracting(point -> point.instance().value().intValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, HistoryPacker.WAITING).boxed().toList());
    }

    @Test
    void logsEachCommitWithWhatItsWatcherSaid() {
        store.setWatcher(changes -> changes.getFirst().after() == null
                ? null
                : changes.getFirst().id().getBytes(StandardCharsets.UTF_8));
        long begin = store.logEnd();
        Entity entity = sensor(",\"level\":1", BEGIN);
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity))));
        append(List.of(level(Json.parse("2"), time(0), "")));
        store.commit(ChangeSet.ofEntities(
                Tenant.DEFAULT,
                List.of(EntityWrite.delete(store.findEntity(Tenant.DEFAULT, ID).orElseThrow()))));
        reopen();

        List<LogEntry> log = store.readLog(begin, 10);
        assertThat(log).hasSize(2);
        assertThat(log.getFirst().ids()).containsExactly(ID);
        assertThat(log.getFirst().notice()).isEqualTo(ID.getBytes(StandardCharsets.UTF_8));
        assertThat(log.getLast().notice()).isNull();
        assertThat(log.getLast().position()).isBetween(begin + 2, store.logEnd());
        assertThat(store.readLog(log.getFirst().position(), 10)).hasSize(1);

        store.trimLog(log.getLast().position());
        assertThat(store.logBegin()).isEqualTo(log.getLast().position());
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity))));
        assertThat(store.logEnd()).isGreaterThan(log.getLast().position());
    }

    @Test
    void beginsAHistoryWhereAFolderHadNone() throws IOException {
        store.commit(ChangeSet.ofEntities(
                Tenant.DEFAULT, List.of(EntityWrite.create(ID, PackedEntity.pack(sensor(",\"level\":4", BEGIN))))));
        HistoryRange all = HistoryRange.of(TimeProperty.MODIFIED_AT);
        assertThat(points(all)).isEmpty();
        store.close();
        Files.writeString(folder.resolve("FORMAT"), "{\"format\":1}");
        open();
        assertThat(points(all))
                .singleElement()
                .satisfies(
                        point -> assertThat(point.instance().value().intValue()).isEqualTo(4));
    }
}
