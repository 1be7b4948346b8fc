package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.api.ngsild.EventClient.Event;
import city.emona.broker.ExpirySweeper;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Streams of events over HTTP, on a real store. */
@Timeout(120)
class EventStreamsTest {
    private static final String BENCH = "urn:ngsi-ld:Bench:";
    private static final String WIDE = "?type=Bench&q=size%3E%3D50&options=keyValues";

    @TempDir
    Path folder;

    private Api api;
    private final List<EventClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        api = new Api(folder);
    }

    @AfterEach
    void stop() {
        clients.forEach(EventClient::close);
        api.close();
    }

    private EventClient open(String query, String... headers) {
        EventClient client = new EventClient(api.port(), query, headers);
        clients.add(client);
        return client;
    }

    private EventClient resume(String query, EventClient before) {
        EventClient client = new EventClient(api.port(), query, before.lastId(), before.picture());
        clients.add(client);
        return client;
    }

    /** Opens a stream and waits until it is under way. */
    private EventClient follow(String query, String... headers) {
        EventClient client = open(query, headers);
        assertThat(client.status()).isEqualTo(200);
        client.awaitId();
        return client;
    }

    private void upsert(String id, String type, int size, String... headers) {
        String body = """
                [{"id": "%s", "type": "%s", "size": {"type": "Property", "value": %d}}]""".formatted(id, type, size);
        assertThat(api.post("/entityOperations/upsert", body, headers).status()).isIn(201, 204);
    }

    private void upsert(int number, int size) {
        upsert(BENCH + number, "Bench", size);
    }

    @Test
    void tellsWhatBeginsToMatchChangesAndMatchesNoMore() {
        EventClient client = follow("?type=Bench&q=size%3E2");
        assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(client.header("Link")).contains("ngsi-ld-core-context");

        upsert(1, 1);
        upsert(BENCH + "other", "Tree", 7);
        upsert(1, 3);
        upsert(1, 4);
        upsert(1, 2);
        upsert(1, 5);
        api.delete("/entities/" + BENCH + 1).hasStatus(204);

        long before = 0;
        for (String expected : List.of("entity 3", "entity 4", "gone", "entity 5", "gone")) {
            Event event = client.next();
            JsonNode size = event.data().path("size").path("value");
            assertThat(event.name() + (size.isNumber() ? " " + size.intValue() : ""))
                    .isEqualTo(expected);
            assertThat(event.entity()).isEqualTo(BENCH + 1);
            assertThat(Long.parseLong(event.id())).isGreaterThan(before);
            before = Long.parseLong(event.id());
        }
    }

    @Test
    void showsEntitiesAsQueriesDo() {
        EventClient client = follow(
                "?id=" + BENCH + "1&local=true&pick=id,name&format=simplified&lang=sl",
                "Link",
                api.link("context.jsonld"));
        api.post("/entities", """
                {"id": "%s1", "type": "Thing", "name": {"type": "LanguageProperty", "languageMap": {"sl": "klop", "en": "bench"}}}
                """.formatted(BENCH), "Link", api.link("context.jsonld"))
                .hasStatus(201);
        assertThat(client.next().data().toString()).isEqualTo("{\"id\":\"" + BENCH + "1\",\"name\":\"klop\"}");
    }

    @Test
    void beginsWithWhatThereIsWhenAsked() {
        upsert(1, 60);
        upsert(2, 40);
        upsert(3, 70);
        EventClient client = open(WIDE + "&initial=true");
        client.awaitId();
        assertThat(client.picture()).containsOnlyKeys(BENCH + 1, BENCH + 3);
        Event first = client.next();
        assertThat(first.id()).as("it cannot be resumed before all have come").isEmpty();

        upsert(3, 10);
        EventClient.await(() -> client.picture().size() == 1);
    }

    @Test
    void goesOnWhereTheConnectionBrokeWithEachEntityOnce() {
        EventClient client = follow(WIDE);
        upsert(1, 60);
        upsert(2, 60);
        client.next();
        client.next();
        client.close();
        for (int size = 61; size < 70; size++) {
            upsert(1, size);
        }
        upsert(2, 5);
        upsert(3, 90);
        upsert(BENCH + "tree", "Tree", 90);
        api.delete("/entities/" + BENCH + "tree").hasStatus(204);

        EventClient again = resume(WIDE, client);
        assertThat(again.next().data().path("size").intValue()).isEqualTo(69);
        assertThat(again.next()).satisfies(event -> assertThat(event.name()).isEqualTo("gone"));
        assertThat(again.next().entity()).isEqualTo(BENCH + 3);
        upsert(1, 80);
        assertThat(again.next().data().path("size").intValue()).isEqualTo(80);
        assertThat(again.picture()).containsOnlyKeys(BENCH + 1, BENCH + 3);
    }

    @Test
    void goesOnAfterTheServerWasRestarted() {
        EventClient client = follow(WIDE);
        upsert(1, 60);
        upsert(2, 60);
        EventClient.await(() -> client.picture().size() == 2);
        String seen = client.lastId();
        upsert(3, 60);
        api.close();
        api = new Api(folder);
        api.delete("/entities/" + BENCH + 1).hasStatus(204);

        EventClient again = open(WIDE + "&lastEventId=" + seen);
        assertThat(again.next().entity()).isEqualTo(BENCH + 3);
        assertThat(again.next()).satisfies(event -> {
            assertThat(event.name()).isEqualTo("gone");
            assertThat(event.entity()).isEqualTo(BENCH + 1);
        });
        upsert(4, 60);
        assertThat(again.next().entity()).isEqualTo(BENCH + 4);
    }

    @Test
    void tellsOfEntitiesThatLostTheTypeWhileNobodyListened() {
        upsert(1, 60);
        EventClient client = open(WIDE + "&initial=true");
        client.awaitId();
        client.close();
        api.put("/entities/" + BENCH + 1, """
                {"id": "%s1", "type": "Tree", "size": {"type": "Property", "value": 60}}""".formatted(BENCH)).hasStatus(204);
        upsert(BENCH + 1, "Tree", 61);
        EventClient again = resume(WIDE, client);
        assertThat(again.next().name()).isEqualTo("gone");
        assertThat(again.picture()).isEmpty();
    }

    @Test
    void beginsAgainWhenTheLogNoLongerReachesBack() {
        EventClient client = follow(WIDE);
        upsert(1, 60);
        client.next();
        client.close();
        upsert(2, 60);
        api.delete("/entities/" + BENCH + 1).hasStatus(204);
        api.store.trimLog(api.store.logEnd());

        for (EventClient again : List.of(resume(WIDE, client), open(WIDE + "&lastEventId=999999999"))) {
            Event reset = again.next();
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.id()).isEmpty();
            assertThat(again.next().entity()).isEqualTo(BENCH + 2);
            assertThat(again.picture()).containsOnlyKeys(BENCH + 2);
        }
    }

    @Test
    void tellsOfWhatExpires() {
        EventClient client = follow("?type=Bench");
        long soon = System.currentTimeMillis() + 3_600_000;
        api.create("""
                {"id": "%s1", "type": "Bench", "expiresAt": "%s"}""".formatted(BENCH, Instant.ofEpochMilli(soon)));
        assertThat(client.next().name()).isEqualTo("entity");
        api.ahead.set(3_700_000);
        new ExpirySweeper(api.store, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(3_700)), api.broker).sweep();
        assertThat(client.next().name()).isEqualTo("gone");
    }

    @Test
    void keepsTenantsApart() {
        api.post("/entities", """
                        {"id": "%s1", "type": "Bench"}""".formatted(BENCH), "NGSILD-Tenant", "suburb").hasStatus(201);
        EventClient suburb = follow(WIDE, "NGSILD-Tenant", "suburb");
        EventClient city = follow(WIDE);
        assertThat(suburb.header("NGSILD-Tenant")).isEqualTo("suburb");
        upsert(BENCH + 2, "Bench", 60, "NGSILD-Tenant", "suburb");
        upsert(3, 60);
        assertThat(suburb.next().entity()).isEqualTo(BENCH + 2);
        assertThat(city.next().entity()).isEqualTo(BENCH + 3);
        assertThat(suburb.waiting()).isZero();
    }

    @Test
    void throttlesToTheLastOfEachEntity() {
        EventClient client = follow(WIDE + "&throttling=1");
        upsert(1, 60);
        for (int size = 61; size < 70; size++) {
            upsert(1, size);
        }
        upsert(2, 60);
        upsert(2, 10);
        Event first = client.next();
        while (first.data().path("size").intValue() < 69) {
            // the second ended while this test was writing
            first = client.next();
        }
        upsert(3, 60);
        Event next = client.next();
        assertThat(List.of(BENCH + 2, BENCH + 3)).contains(next.entity());
        EventClient.await(() -> client.picture().keySet().equals(Set.of(BENCH + 1, BENCH + 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?type=Bench&q=(",
                "?type=Bench&lastEventId=abc",
                "?type=Bench&lastEventId=-1",
                "?type=Bench&limit=5",
                "?type=Bench&initial=yes",
                "?type=Bench&throttling=100000",
                "?type=Bench&georel=near",
                "?type=Bench&format=table",
                "?type=Bench&q=partOf%7Bname%7D==%22x%22"
            })
    void refusesWrongParametersBeforeTheStreamBegins(String query) throws IOException {
        EventClient client = open(query);
        assertThat(client.status()).isEqualTo(400);
        assertThat(client.header("Content-Type")).isEqualTo("application/json");
        assertThat(client.body().path("detail").stringValue()).isNotEmpty();
    }

    @Test
    void refusesTenantsSnapshotsAndIdsThatAreNone() throws IOException {
        assertThat(open(WIDE, "NGSILD-Tenant", "nobody").body().path("type").stringValue())
                .isEqualTo(ProblemType.NONEXISTENT_TENANT.uri());
        assertThat(open(WIDE, "NGSILD-Snapshot", "urn:ngsi-ld:Snapshot:1").status())
                .isEqualTo(400);
        assertThat(open(WIDE, "Last-Event-ID", "x").status()).isEqualTo(400);
    }

    @Test
    void servesTwoHundredAtOnceAndRefusesMoreThanItsLimit() throws IOException {
        List<EventClient> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(open("?type=Bench&options=keyValues&q=size%3E" + i % 10));
        }
        many.forEach(EventClient::awaitId);
        assertThat(api.live.openStreams()).isEqualTo(200);
        for (int number = 1; number <= 50; number++) {
            upsert(number, number % 11);
        }
        for (int i = 0; i < 200; i++) {
            int least = i % 10;
            EventClient client = many.get(i);
            long matching = IntStream.rangeClosed(1, 50)
                    .filter(number -> number % 11 > least)
                    .count();
            EventClient.await(() -> client.picture().size() == matching);
        }

        while (api.live.openStreams() < Api.MAX_STREAMS) {
            follow(WIDE);
        }
        EventClient refused = open(WIDE);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("detail").stringValue()).contains("streams.max");
        clients.forEach(EventClient::close);
        // the server hears of it when it writes
        EventClient.await(() -> {
            upsert(1, 100);
            return api.live.openStreams() == 0;
        });
    }

    @Test
    void aSlowReaderDelaysNobodyAndCatchesUp() {
        EventClient slow = follow(WIDE);
        EventClient quick = follow(WIDE);
        slow.pause();
        String padding = "x".repeat(50_000);
        try {
            for (int number = 0; number < 1_500; number++) {
                upsertPadded(number % 300, 50 + number % 60, padding);
            }
            upsertPadded(7, 5, padding);
            EventClient.await(
                    () -> quick.picture().size() == 299 && !quick.picture().containsKey(BENCH + 7));
            assertThat(slow.picture()).hasSizeLessThan(299);
        } finally {
            slow.goOn();
        }
        EventClient.await(() -> slow.picture().equals(quick.picture()));
    }

    private void upsertPadded(int number, int size, String padding) {
        api.post("/entityOperations/upsert", """
                [{"id": "%s%d", "type": "Bench", "size": {"type": "Property", "value": %d},
                  "padding": {"type": "Property", "value": "%s"}}]""".formatted(BENCH, number, size, padding));
    }

    /** Resumed at random while a writer goes at full speed, a client sees no entity go back, and ends with what the store has. */
    @Test
    void missesNothingWhateverIsCutOff() throws InterruptedException, ExecutionException {
        long seed = System.nanoTime();
        System.out.println("The seed is " + seed + ".");
        List<Future<Map<String, JsonNode>>> pictures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = threads.submit(() -> write(new Random(seed)));
            for (int client = 0; client < 6; client++) {
                Random random = new Random(seed + 1 + client);
                String query = WIDE + (client % 3 == 2 ? "&throttling=1" : "");
                pictures.add(threads.submit(() -> watch(query, random, writing)));
            }
            writing.get();
            Map<String, JsonNode> expected = new TreeMap<>();
            api.get("/entities" + WIDE + "&limit=1000")
                    .json()
                    .forEach(entity -> expected.put(entity.path("id").stringValue(), entity));
            assertThat(expected).isNotEmpty();
            for (Future<Map<String, JsonNode>> picture : pictures) {
                assertThat(new TreeMap<>(picture.get())).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    private void write(Random random) {
        for (int n = 1; n <= 1_500; n++) {
            String id = BENCH + random.nextInt(25);
            switch (random.nextInt(6)) {
                case 0 -> api.delete("/entities/" + id);
                case 1 -> put(id, "Tree", random.nextInt(100), n);
                case 2 -> {
                    String body = IntStream.range(0, 5)
                            .mapToObj(i -> entity(BENCH + (i * 5), "Bench", random.nextInt(100)))
                            .collect(Collectors.joining(",", "[", "]"));
                    api.post("/entityOperations/upsert?options=replace", body.replace("$N", Integer.toString(n)));
                }
                default -> put(id, "Bench", random.nextInt(100), n);
            }
        }
    }

    private static String entity(String id, String type, int size) {
        return """
                {"id": "%s", "type": "%s", "n": {"type": "Property", "value": $N},
                 "size": {"type": "Property", "value": %d}}""".formatted(id, type, size);
    }

    private void put(String id, String type, int size, int n) {
        api.post(
                "/entityOperations/upsert?options=replace",
                "[" + entity(id, type, size).replace("$N", Integer.toString(n)) + "]");
    }

    private Map<String, JsonNode> watch(String query, Random random, Future<?> writing) throws Exception {
        Map<String, Integer> newest = new ConcurrentHashMap<>();
        Map<String, JsonNode> picture = new ConcurrentHashMap<>();
        String lastId = "0";
        while (!writing.isDone()) {
            EventClient client = new EventClient(api.port(), query, lastId, picture);
            int events = random.nextInt(60);
            EventClient.await(() -> client.waiting() >= events || writing.isDone());
            lastId = client.cutOff();
            check(client, newest);
        }
        writing.get();
        EventClient last = new EventClient(api.port(), query, lastId, picture);
        long end = api.live.position();
        EventClient.await(() -> Long.parseLong(last.lastId()) >= end);
        last.cutOff();
        check(last, newest);
        return picture;
    }

    /** No event shows an entity as it was before. */
    private static void check(EventClient client, Map<String, Integer> newest) {
        while (client.waiting() > 0) {
            Event event = client.next();
            if (event.name().equals("entity")) {
                int n = event.data().path("n").intValue();
                assertThat(n).isGreaterThanOrEqualTo(newest.getOrDefault(event.entity(), 0));
                newest.put(event.entity(), n);
            }
        }
    }
}
