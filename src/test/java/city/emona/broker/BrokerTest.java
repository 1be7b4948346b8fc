package city.emona.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.EntityWriter;
import city.emona.context.MergeOptions;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.EntityQuery;
import city.emona.query.TypeSelection;
import city.emona.store.CommittedChange;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class BrokerTest {
    private static final Tenant CITY = Tenant.DEFAULT;
    private static final String DEFAULT = "https://uri.etsi.org/ngsi-ld/default-context/";

    @TempDir
    Path folder;

    private LocalStore store;
    private Broker broker;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, Clock.systemUTC());
        broker = new Broker(store, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Entity read(String json) {
        return EntityReader.read(Json.parse(json), TermTable.core(), broker.now());
    }

    private Entity fragment(String json) {
        return EntityReader.readFragment(Json.parse(json), TermTable.core(), broker.now());
    }

    private String text(String id) {
        return text(broker.get(CITY, id));
    }

    private static String text(Entity entity) {
        Representation concise = Representation.NORMALIZED.withFormat(Representation.Format.CONCISE);
        return new String(new EntityWriter(TermTable.core(), concise).write(entity), StandardCharsets.UTF_8);
    }

    private Entity merged(String entity, String fragment) {
        return Merges.merge(
                read(entity), (ObjectNode) Json.parse(fragment), TermTable.core(), MergeOptions.NONE, broker.now());
    }

    @Test
    void losesNoneOfManyConcurrentPatches() throws Exception {
        broker.create(CITY, read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"shared\":0}"));
        int threads = 16;
        int rounds = 25;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                String own = "own" + t;
                running.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < rounds; i++) {
                        broker.edit(CITY, "urn:x:1", TypeSelection.ANY, present -> {
                            int shared = present.findValue(DEFAULT + "shared")
                                            .orElseThrow()
                                            .intValue()
                                    + 1;
                            int mine = present.findValue(DEFAULT + own)
                                            .map(v -> v.intValue())
                                            .orElse(0)
                                    + 1;
                            return EntityEdits.append(
                                            present,
                                            fragment("{\"shared\":" + shared + ",\"" + own + "\":" + mine + "}"),
                                            true)
                                    .entity();
                        });
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : running) {
                each.get();
            }
        }
        Entity end = broker.get(CITY, "urn:x:1");
        assertThat(end.findValue(DEFAULT + "shared").orElseThrow().intValue()).isEqualTo(threads * rounds);
        for (int t = 0; t < threads; t++) {
            assertThat(end.findValue(DEFAULT + "own" + t).orElseThrow().intValue())
                    .isEqualTo(rounds);
        }
    }

    @Test
    void letsOnlyOneOfManyConcurrentCreatesSucceed() throws Exception {
        List<Future<Boolean>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 20; t++) {
                String json = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"n\":" + t + "}";
                running.add(pool.submit(() -> {
                    try {
                        broker.create(CITY, read(json));
                        return true;
                    } catch (Problem problem) {
                        assertThat(problem.type()).isEqualTo(ProblemType.ALREADY_EXISTS);
                        return false;
                    }
                }));
            }
        }
        int created = 0;
        for (Future<Boolean> each : running) {
            created += each.get() ? 1 : 0;
        }
        assertThat(created).isOne();
    }

    @Test
    void leavesUnchangedEntitiesAlone() throws InterruptedException {
        BlockingQueue<CommittedChange> changes = new LinkedBlockingQueue<>();
        Entity one = read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1,\"b\":{\"value\":2.50,\"unitCode\":\"CEL\"}}");
        Entity two = read(
                "{\"id\":\"urn:x:2\",\"type\":\"T\",\"a\":[1,{\"x\":\"y\"}],\"expiresAt\":\"2100-01-01T00:00:00Z\"}");
        assertThat(broker.upsertAll(CITY, List.of(one, two))).isEqualTo(new UpsertCounts(2, 0, 0));
        store.onCommit(changes::addAll);
        Entity withoutExpiry = read("{\"id\":\"urn:x:2\",\"type\":\"T\",\"a\":[1,{\"x\":\"y\"}]}");
        Entity fewer = read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"b\":{\"value\":2.50,\"unitCode\":\"CEL\"}}");
        assertThat(broker.upsertAll(CITY, List.of(fewer, withoutExpiry))).isEqualTo(new UpsertCounts(0, 0, 2));
        long version = broker.getStored(CITY, "urn:x:2").version();
        Entity more = read("{\"id\":\"urn:x:1\",\"type\":\"U\",\"a\":2}");
        assertThat(broker.upsertAll(CITY, List.of(more, two))).isEqualTo(new UpsertCounts(0, 1, 1));
        assertThat(text("urn:x:1"))
                .isEqualTo(
                        "{\"id\":\"urn:x:1\",\"type\":[\"T\",\"U\"],\"a\":2,\"b\":{\"value\":2.50,\"unitCode\":\"CEL\"}}");
        assertThat(broker.getStored(CITY, "urn:x:2").version()).isEqualTo(version);
        CommittedChange only = changes.poll(10, TimeUnit.SECONDS);
        assertThat(only).isNotNull();
        assertThat(only.id()).isEqualTo("urn:x:1");
        assertThat(only.before()).isNotNull();
        assertThat(changes).isEmpty();
        assertThat(broker.upsertAll(CITY, List.of())).isEqualTo(new UpsertCounts(0, 0, 0));
    }

    @Test
    void carriesOutABatchInOrderAndKeepsWhatSucceeds() {
        BatchItem.Edit create = present -> {
            if (present.isPresent()) {
                throw new Problem(ProblemType.ALREADY_EXISTS, "There already.", "");
            }
            return BatchItem.Outcome.of(read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"n\":1}"));
        };
        BatchItem.Edit increase = present -> BatchItem.Outcome.of(EntityEdits.append(
                        present.orElseThrow(() -> Problem.notFound("None.")),
                        fragment("{\"n\":"
                                + (present.orElseThrow()
                                                .findValue(DEFAULT + "n")
                                                .orElseThrow()
                                                .intValue()
                                        + 1) + "}"),
                        true)
                .entity());
        BatchItem.Edit delete = present -> {
            if (present.isEmpty()) {
                throw Problem.notFound("None.");
            }
            return BatchItem.Outcome.of(null);
        };
        BatchResult result = broker.batch(
                CITY,
                List.of(
                        new BatchItem("urn:x:1", create),
                        new BatchItem("urn:x:1", create),
                        new BatchItem("urn:x:1", increase),
                        new BatchItem("urn:x:2", increase),
                        new BatchItem("urn:x:1", increase)));
        assertThat(result.created()).containsExactly("urn:x:1");
        assertThat(result.updated()).containsExactly("urn:x:1", "urn:x:1");
        assertThat(result.errors()).extracting(BatchResult.Failure::entityId).containsExactly("urn:x:1", "urn:x:2");
        assertThat(broker.get(CITY, "urn:x:1")
                        .findValue(DEFAULT + "n")
                        .orElseThrow()
                        .intValue())
                .isEqualTo(3);
        assertThat(broker.batch(
                                CITY,
                                List.of(
                                        new BatchItem("urn:x:1", delete),
                                        new BatchItem("urn:x:1", delete),
                                        new BatchItem("urn:x:1", create)))
                        .errors())
                .hasSize(1);
        assertThat(broker.get(CITY, "urn:x:1")
                        .findValue(DEFAULT + "n")
                        .orElseThrow()
                        .intValue())
                .isOne();
    }

    @Test
    void queriesWithinATenant() {
        broker.create(new Tenant("a"), read("{\"id\":\"urn:x:1\",\"type\":\"T\"}"));
        EntityQuery query = EntityQuery.ofType(DEFAULT + "T").withCount();
        assertThat(broker.query(new Tenant("a"), query).total()).isOne();
        assertThat(broker.query(CITY, query).total()).isZero();
        assertThatThrownBy(() -> broker.query(new Tenant("b"), query))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.NONEXISTENT_TENANT));
        assertThat(broker.listTenants()).containsExactly(CITY, new Tenant("a"));
        assertThat(broker.find(CITY, "urn:x:1")).isEmpty();
    }

    @Test
    void mergesToAnyDepth() {
        String entity = """
                {"id":"urn:x:1","type":"T","a":{"value":{"x":{"y":1,"z":[1,2]},"k":1},"unitCode":"M","q":{"value":1,"r":2}},"l":{"languageMap":{"sl":"a","en":"b"}}}""";
        assertThat(text(merged(entity, "{\"a\":{\"value\":{\"x\":{\"z\":[3]},\"n\":{\"m\":1}}}}")))
                .contains("\"value\":{\"x\":{\"y\":1,\"z\":[3]},\"k\":1,\"n\":{\"m\":1}}", "\"unitCode\":\"M\"");
        assertThat(text(merged(entity, "{\"a\":{\"value\":{\"x\":\"urn:ngsi-ld:null\"}}}")))
                .contains("\"value\":{\"k\":1}");
        assertThat(text(merged(entity, "{\"a\":{\"x\":{\"y\":9}}}"))).contains("\"x\":{\"y\":9,\"z\":[1,2]},\"k\":1");
        assertThat(text(merged(entity, "{\"a\":{\"unitCode\":\"urn:ngsi-ld:null\",\"value\":7}}")))
                .contains("\"a\":{\"value\":7,\"q\"");
        assertThat(text(merged(entity, "{\"a\":{\"value\":7,\"q\":{\"value\":5,\"s\":6}}}")))
                .contains("\"q\":{\"value\":5,\"r\":2,\"s\":6}");
        assertThat(text(merged(entity, "{\"a\":{\"value\":7,\"q\":{\"value\":5,\"r\":\"urn:ngsi-ld:null\"}}}")))
                .contains("\"q\":5");
        assertThat(text(merged(entity, "{\"a\":{\"value\":7,\"q\":8}}"))).contains("\"q\":{\"value\":8,\"r\":2}");
        assertThat(text(merged(entity, "{\"a\":{\"value\":7,\"q\":\"urn:ngsi-ld:null\"}}")))
                .doesNotContain("\"q\"");
        assertThat(text(merged(entity, "{\"l\":{\"languageMap\":{\"en\":\"urn:ngsi-ld:null\",\"de\":\"c\"}}}")))
                .contains("{\"languageMap\":{\"sl\":\"a\",\"de\":\"c\"}}");
        assertThat(text(merged(
                        entity,
                        "{\"new\":{\"value\":{\"x\":\"urn:ngsi-ld:null\",\"y\":1}},\"none\":\"urn:ngsi-ld:null\"}")))
                .contains("\"new\":{\"y\":1}")
                .doesNotContain("urn:ngsi-ld:null", "none");
        assertThat(text(merged(entity, "{\"l\":\"urn:ngsi-ld:null\"}"))).doesNotContain("languageMap");
        assertThat(text(merged(entity, "{}"))).isEqualTo(text(read(entity)));
    }

    @Test
    void mergesInstancesByTheirDataset() {
        String entity = """
                {"id":"urn:x:1","type":"T","a":[{"value":1},{"value":{"x":1},"datasetId":"urn:d:1"}]}""";
        assertThat(text(merged(entity, "{\"a\":{\"value\":{\"y\":2},\"datasetId\":\"urn:d:1\"}}")))
                .contains("\"a\":[1,{\"value\":{\"x\":1,\"y\":2},\"datasetId\":\"urn:d:1\"}]");
        assertThat(
                        text(
                                merged(
                                        entity,
                                        "{\"a\":[{\"datasetId\":\"urn:d:1\",\"value\":\"urn:ngsi-ld:null\"},{\"datasetId\":\"urn:d:2\",\"value\":3}]}")))
                .contains("\"a\":[1,{\"value\":3,\"datasetId\":\"urn:d:2\"}]");
        assertThat(text(merged(entity, "{\"a\":[{\"type\":\"Point\",\"coordinates\":[1,2]}]}")))
                .contains("[{\"type\":\"Point\"");
        assertThatThrownBy(() -> merged(entity, "{\"a\":{\"value\":1,\"datasetId\":\"urn:ngsi-ld:null\"}}"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void refusesMergesThatChangeTheTypeOfAnAttribute() {
        String entity = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":1,\"r\":{\"object\":\"urn:x:2\"}}";
        for (String fragment : new String[] {
            "{\"a\":{\"type\":\"Relationship\",\"object\":\"urn:x:3\"}}",
            "{\"a\":{\"object\":\"urn:x:3\"}}",
            "{\"r\":{\"value\":3}}",
            "{\"r\":3}",
            "{\"a\":null}",
            "{\"a\":{\"value\":null}}",
            "{\"9\":1}",
            "{\"value\":1}"
        }) {
            assertThatThrownBy(() -> merged(entity, fragment))
                    .as(fragment)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
        }
        assertThat(text(merged(entity, "{\"r\":\"urn:x:9\"}"))).contains("{\"object\":\"urn:x:9\"}");
    }

    @Test
    void mergesTypesAdditivelyAndReplacesScopes() {
        Entity result = merged(
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\"}", "{\"type\":\"U\",\"scope\":[\"/b\",\"/c\"]}");
        assertThat(result.types()).containsExactly(DEFAULT + "T", DEFAULT + "U");
        assertThat(result.scopes()).containsExactly("/b", "/c");
        assertThat(merged("{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\"}", "{\"scope\":\"urn:ngsi-ld:null\"}")
                        .scopes())
                .isEmpty();
    }

    private String merged(String entity, MergeOptions options, String fragment) {
        ObjectNode patch = (ObjectNode) Json.parse(fragment);
        return text(Merges.merge(read(entity), patch, TermTable.core(), options, broker.now()));
    }

    @Test
    void mergesSimplifiedFragmentsIntoTheTypesThatAreThere() {
        MergeOptions simplified = new MergeOptions(true, null, null);
        String entity = """
                {"id":"urn:x:1","type":"T","p":{"value":{"a":1,"b":2},"unitCode":"CEL"},"r":{"object":"urn:x:2"},"l":{"languageMap":{"sl":"da","en":"yes"}},
                 "v":{"vocab":"Male"},"j":{"json":{"x":1}},"s":{"valueList":[1,2]},"o":{"objectList":["urn:x:3"]},
                 "g":{"type":"GeoProperty","value":{"type":"Point","coordinates":[1,2]}},
                 "d":[{"type":"Property","value":1},{"type":"Property","value":2,"datasetId":"urn:d:1"}]}""";
        String[][] cases = {
            {"{\"p\":{\"a\":3,\"b\":\"urn:ngsi-ld:null\"}}", "\"p\":{\"value\":{\"a\":3},\"unitCode\":\"CEL\"}"},
            {"{\"p\":{\"value\":3}}", "\"p\":{\"value\":{\"a\":1,\"b\":2,\"value\":3}"},
            {"{\"r\":\"urn:x:9\"}", "\"r\":{\"object\":\"urn:x:9\"}"},
            {"{\"l\":{\"languageMap\":{\"en\":\"no\"}}}", "\"l\":{\"languageMap\":{\"sl\":\"da\",\"en\":\"no\"}}"},
            {"{\"v\":{\"vocab\":\"Female\"}}", "\"v\":{\"vocab\":\"Female\"}"},
            {"{\"v\":\"Female\"}", "\"v\":{\"vocab\":\"Female\"}"},
            {"{\"j\":{\"json\":{\"y\":2}}}", "\"j\":{\"json\":{\"x\":1,\"y\":2}}"},
            {"{\"s\":[3]}", "\"s\":{\"valueList\":[3]}"},
            {"{\"o\":[\"urn:x:4\"]}", "\"o\":{\"objectList\":[\"urn:x:4\"]}"},
            {"{\"g\":{\"type\":\"Point\",\"coordinates\":[3,4]}}", "\"g\":{\"type\":\"Point\",\"coordinates\":[3,4]}"},
            {
                "{\"d\":{\"dataset\":{\"@none\":5,\"urn:d:1\":\"urn:ngsi-ld:null\",\"urn:d:2\":7}}}",
                "\"d\":[5,{\"value\":7,\"datasetId\":\"urn:d:2\"}]"
            },
            {"{\"n\":{\"languageMap\":{\"sl\":\"x\"}}}", "\"n\":{\"languageMap\":{\"sl\":\"x\"}}"},
            {"{\"n\":{\"type\":\"Point\",\"coordinates\":[3,4]}}", "\"n\":{\"type\":\"Point\",\"coordinates\":[3,4]}"},
            {"{\"n\":{\"value\":1}}", "\"n\":{\"value\":{\"value\":1}}"},
        };
        for (String[] one : cases) {
            assertThat(merged(entity, simplified, one[0])).as(one[0]).contains(one[1]);
        }
        assertThat(merged(entity, simplified, "{\"r\":\"urn:ngsi-ld:null\"}")).doesNotContain("\"r\":");
        for (String wrong : List.of(
                "{\"r\":7}",
                "{\"l\":\"da\"}",
                "{\"v\":{\"languageMap\":{\"sl\":\"x\"}}}",
                "{\"d\":{\"dataset\":{\"no uri\":1}}}")) {
            assertThatThrownBy(() -> merged(entity, simplified, wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
        }
    }

    @Test
    void mergesATextIntoTheLanguageThatTheRequestNames() {
        String entity =
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"l\":{\"languageMap\":{\"sl\":\"da\",\"EN\":\"yes\"}},\"p\":1,\"m\":{\"languageMap\":{\"sl\":\"a\"}}}";
        MergeOptions english = new MergeOptions(false, "en", null);
        String expected = "\"l\":{\"languageMap\":{\"sl\":\"da\",\"EN\":\"no\"}},\"p\":2";
        assertThat(merged(entity, english, "{\"l\":\"no\",\"p\":2}")).contains(expected);
        assertThat(merged(entity, english, "{\"l\":{\"value\":\"no\"},\"p\":2}"))
                .contains(expected);
        assertThat(merged(entity, english, "{\"l\":{\"type\":\"LanguageProperty\",\"languageMap\":\"no\"},\"p\":2}"))
                .contains(expected);
        assertThat(merged(entity, new MergeOptions(true, "en", null), "{\"l\":\"no\",\"p\":2}"))
                .contains(expected);
        assertThat(merged(entity, english, "{\"m\":[\"b\",\"c\"]}"))
                .contains("\"m\":{\"languageMap\":{\"sl\":\"a\",\"en\":[\"b\",\"c\"]}}");
        assertThat(merged(entity, english, "{\"l\":{\"languageMap\":{\"de\":\"ja\"}}}"))
                .contains("\"de\":\"ja\"");
        assertThat(merged(entity, english, "{\"l\":\"urn:ngsi-ld:null\"}"))
                .doesNotContain("languageMap\":{\"sl\":\"da");
        assertThatThrownBy(() -> new MergeOptions(false, "sl,en", null)).isInstanceOf(Problem.class);
    }

    @Test
    void givesACommonTimeToMergedAttributesThatHadOne() {
        String entity = """
                {"id":"urn:x:1","type":"T","a":{"value":1,"observedAt":"2026-01-01T00:00:00Z"},"b":{"value":1},
                 "c":{"value":1,"observedAt":"2026-01-01T00:00:00Z"},"d":{"value":1,"observedAt":"2026-01-01T00:00:00Z"}}""";
        String result = merged(
                entity,
                new MergeOptions(false, null, "2026-02-02T00:00:00Z"),
                "{\"a\":2,\"b\":2,\"c\":{\"value\":2,\"observedAt\":\"2026-03-03T00:00:00Z\"},\"n\":1}");
        assertThat(result)
                .contains("\"a\":{\"value\":2,\"observedAt\":\"2026-02-02T00:00:00Z\"},\"b\":2,")
                .contains("\"c\":{\"value\":2,\"observedAt\":\"2026-03-03T00:00:00Z\"}")
                .contains("\"d\":{\"value\":1,\"observedAt\":\"2026-01-01T00:00:00Z\"},\"n\":1");
        assertThatThrownBy(() -> new MergeOptions(false, null, "yesterday")).isInstanceOf(Problem.class);
    }

    @Test
    void takesAnExpiryAwayInFragmentsThatMayDelete() {
        Entity present = read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}");
        Entity order = fragment("{\"expiresAt\":\"urn:ngsi-ld:null\"}");
        assertThat(present.expiresAt()).isPositive();
        assertThat(EntityEdits.update(present, order).entity().expiresAt()).isZero();
        assertThat(merged(
                                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}",
                                "{\"expiresAt\":\"urn:ngsi-ld:null\"}")
                        .expiresAt())
                .isZero();
        assertThatThrownBy(() -> EntityEdits.append(present, order, true)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"urn:ngsi-ld:null\"}"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void leavesAllThatIsThereWhenNothingMayBeOverwritten() {
        Entity present = read(
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\",\"expiresAt\":\"2999-01-01T00:00:00Z\",\"a\":1}");
        EntityEdits.Edited nothing =
                EntityEdits.append(present, fragment("{\"a\":2,\"expiresAt\":\"2998-01-01T00:00:00Z\"}"), false);
        assertThat(nothing.entity()).isEqualTo(present);
        assertThat(nothing.result().updated()).isEmpty();
        assertThat(nothing.result().notUpdated())
                .extracting(UpdateResult.NotUpdated::attributeName)
                .containsExactly("expiresAt", DEFAULT + "a");
        EntityEdits.Edited some = EntityEdits.append(
                present,
                fragment("{\"scope\":\"/b\",\"a\":[{\"value\":2},{\"value\":3,\"datasetId\":\"urn:d:1\"}]}"),
                false);
        assertThat(some.entity().scopes()).containsExactly("/a", "/b");
        assertThat(some.result().updated()).containsExactly("scope", DEFAULT + "a");
        assertThat(some.result().notUpdated())
                .extracting(UpdateResult.NotUpdated::attributeName)
                .containsExactly(DEFAULT + "a");
        assertThat(text(some.entity())).contains("\"a\":[1,{\"value\":3,\"datasetId\":\"urn:d:1\"}]");
    }

    @Test
    void replacesAllButTheIdAndTheTimeOfCreation() {
        Entity present = read("{\"id\":\"urn:x:1\",\"type\":\"T\",\"scope\":\"/a\",\"a\":1,\"b\":2}")
                .withTimes(5, 6);
        Entity next = EntityEdits.replace(present, read("{\"id\":\"urn:x:1\",\"type\":\"U\",\"b\":3}"));
        assertThat(next.createdAt()).isEqualTo(5);
        assertThat(next.modifiedAt()).isGreaterThan(6);
        assertThat(text(next)).isEqualTo("{\"id\":\"urn:x:1\",\"type\":\"U\",\"b\":3}");
    }

    @Test
    void appendsAndUpdatesInstanceByInstance() {
        Entity present = read(
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":[{\"value\":1},{\"value\":2,\"datasetId\":\"urn:d:1\"}]}");
        Entity more =
                fragment("{\"a\":[{\"value\":3,\"datasetId\":\"urn:d:1\"},{\"value\":4,\"datasetId\":\"urn:d:2\"}]}");
        assertThat(text(EntityEdits.append(present, more, true).entity()))
                .contains("[1,{\"value\":3,\"datasetId\":\"urn:d:1\"},{\"value\":4,\"datasetId\":\"urn:d:2\"}]");
        EntityEdits.Edited kept = EntityEdits.append(present, more, false);
        assertThat(text(kept.entity()))
                .contains("[1,{\"value\":2,\"datasetId\":\"urn:d:1\"},{\"value\":4,\"datasetId\":\"urn:d:2\"}]");
        assertThat(kept.result().notUpdated()).hasSize(1);
        Entity gone = fragment("{\"a\":{\"value\":\"urn:ngsi-ld:null\",\"datasetId\":\"urn:d:1\"}}");
        assertThat(text(EntityEdits.update(present, gone).entity())).contains("\"a\":1");
        assertThat(text(EntityEdits.deleteAttribute(present, new AttributeSelector(DEFAULT + "a", "", true), 9)))
                .isEqualTo("{\"id\":\"urn:x:1\",\"type\":\"T\"}");
        assertThat(text(EntityEdits.deleteAttribute(present, AttributeSelector.ofDefault(DEFAULT + "a"), 9)))
                .contains("\"value\":2");
    }
}
