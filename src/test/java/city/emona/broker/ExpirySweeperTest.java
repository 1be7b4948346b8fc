package city.emona.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.TypeSelection;
import city.emona.store.CommittedChange;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpirySweeperTest {
    private static final Tenant CITY = Tenant.DEFAULT;
    private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
    private static final String ONE_PAST = "2026-11-23T13:00:00Z";
    private static final String TWO_PAST = "2026-11-23T14:00:00Z";
    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(NOON);
    private final Clock clock = new SetClock();
    private LocalStore store;
    private Broker broker;
    private ExpirySweeper sweeper;
    private BlockingQueue<List<CommittedChange>> commits;

    /** A clock that stands where the test puts it. */
    private final class SetClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now.get());
        }
    }

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, clock);
        broker = new Broker(store, clock);
        sweeper = new ExpirySweeper(store, clock, broker);
        commits = new LinkedBlockingQueue<>();
        store.onCommit(commits::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void create(Tenant tenant, String json) {
        broker.create(tenant, EntityReader.read(Json.parse(json), TermTable.core(), broker.now()));
        assertThat(nextCommit()).hasSize(1);
    }

    private void create(String json) {
        create(CITY, json);
    }

    private static String text(Entity entity) {
        Representation all = Representation.NORMALIZED
                .withFormat(Representation.Format.CONCISE)
                .withSystemAttributes(true);
        return new String(new EntityWriter(TermTable.core(), all).write(entity), StandardCharsets.UTF_8);
    }

    private List<CommittedChange> nextCommit() {
        try {
            List<CommittedChange> next = commits.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("a commit that listeners hear of").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void removesEntitiesWhenTheirTimeHasCome() {
        create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}");
        create("{\"id\":\"urn:x:2\",\"type\":\"T\",\"expiresAt\":\"" + TWO_PAST + "\"}");
        create("{\"id\":\"urn:x:3\",\"type\":\"T\"}");
        assertThat(sweeper.sweep()).isZero();

        now.addAndGet(HOUR);
        assertThat(broker.find(CITY, "urn:x:1")).as("hidden at once").isEmpty();
        assertThat(store.countEntities(CITY)).isEqualTo(3);

        assertThat(sweeper.sweep()).isEqualTo(1);
        assertThat(store.countEntities(CITY)).isEqualTo(2);
        assertThat(nextCommit()).singleElement().satisfies(change -> {
            assertThat(change.id()).isEqualTo("urn:x:1");
            assertThat(change.before()).isNotNull();
            assertThat(change.after()).isNull();
        });
        assertThat(sweeper.sweep()).isZero();
    }

    @Test
    void sweepsDurablyAndAlsoWhatExpiredWhileTheServerStood() {
        create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}");
        create("{\"id\":\"urn:x:2\",\"type\":\"T\",\"a\":{\"value\":1,\"expiresAt\":\"" + ONE_PAST + "\"},\"b\":2}");
        store.close();
        now.addAndGet(HOUR);
        open();
        assertThat(sweeper.sweep()).isEqualTo(2);
        store.close();
        now.set(NOON);
        open();
        assertThat(broker.find(CITY, "urn:x:1")).as("gone from the disk").isEmpty();
        assertThat(text(broker.get(CITY, "urn:x:2"))).doesNotContain("\"a\"").contains("\"b\"");
    }

    @Test
    void removesAttributesInstancesAndSubAttributesAndLeavesTheRestAsItWas() {
        create("""
                {"id": "urn:x:1", "type": "T", "a": {"value": 1, "expiresAt": "%1$s"}, "b": {"value": 1, "s": {"value": 2, "expiresAt": "%1$s"}},
                 "c": [{"type": "Property", "value": 1, "datasetId": "urn:d:1", "expiresAt": "%1$s"}, {"type": "Property", "value": 2}],
                 "d": {"value": 1, "expiresAt": "%2$s"}}""".formatted(ONE_PAST, TWO_PAST));
        now.addAndGet(HOUR);
        String hidden = text(broker.get(CITY, "urn:x:1"));
        assertThat(hidden).doesNotContain("\"a\"", "\"s\"", "urn:d:1").contains("\"b\"", "\"c\"", "\"d\"");

        assertThat(sweeper.sweep()).isEqualTo(1);

        assertThat(text(broker.get(CITY, "urn:x:1")))
                .as("readers see no difference, not even in the times")
                .isEqualTo(hidden);
        assertThat(nextCommit()).singleElement().satisfies(change -> {
            assertThat(requireNonNull(change.before()).entity().attributes())
                    .as("what expired")
                    .hasSize(4);
            assertThat(requireNonNull(change.after()).entity().attributes()).hasSize(3);
        });
        now.addAndGet(HOUR);
        assertThat(sweeper.sweep()).isEqualTo(1);
        assertThat(sweeper.sweep()).isZero();
    }

    @Test
    void followsExpiriesThatAreChanged() {
        create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}");
        sweeper.sweep();
        broker.edit(CITY, "urn:x:1", TypeSelection.ANY, entity -> entity.withExpiresAt(NOON + 2 * HOUR));
        create("{\"id\":\"urn:x:2\",\"type\":\"T\",\"expiresAt\":\"" + TWO_PAST + "\"}");
        broker.edit(CITY, "urn:x:2", TypeSelection.ANY, entity -> entity.withExpiresAt(0));
        now.addAndGet(HOUR);
        assertThat(sweeper.sweep()).isZero();
        now.addAndGet(HOUR);
        assertThat(sweeper.sweep()).isEqualTo(1);
        assertThat(broker.find(CITY, "urn:x:2")).isPresent();
    }

    @Test
    void tellsThatWhatExpiredEndedBeforeItIsCreatedAnew() {
        create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\",\"a\":1}");
        now.addAndGet(HOUR);
        broker.create(
                CITY,
                EntityReader.read(
                        Json.parse("{\"id\":\"urn:x:1\",\"type\":\"T\",\"a\":2}"), TermTable.core(), broker.now()));
        assertThat(sweeper.sweep()).isZero();
        List<CommittedChange> heard = nextCommit();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0).after()).isNull();
        assertThat(heard.get(1).before()).isNull();
        assertThat(broker.find(CITY, "urn:x:1")).isPresent();
    }

    @Test
    void sweepsManyEntitiesOfAllTenantsInSeveralCommits() {
        Tenant north = new Tenant("north");
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            Entity entity = EntityReader.read(
                    Json.parse("{\"id\":\"urn:x:" + i + "\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}"),
                    TermTable.core(),
                    broker.now());
            items.add(new BatchItem(entity.id(), _ -> BatchItem.Outcome.of(entity)));
        }
        broker.batch(CITY, items);
        assertThat(nextCommit()).hasSize(1_200);
        create(north, "{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}");
        now.addAndGet(HOUR);
        assertThat(sweeper.sweep()).isEqualTo(1_201);
        int told = 0;
        while (told < 1_201) {
            List<CommittedChange> commit = nextCommit();
            assertThat(commit).as("what one commit removes").hasSizeLessThanOrEqualTo(500);
            told += commit.size();
        }
        assertThat(store.countEntities(CITY)).isZero();
        assertThat(store.countEntities(north)).isZero();
    }

    @Test
    void sweepsByItselfOnceStarted() {
        create("{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"" + ONE_PAST + "\"}");
        try (ExpirySweeper running = new ExpirySweeper(store, clock, broker)) {
            running.start();
            now.addAndGet(HOUR);
            assertThat(nextCommit().getFirst().after()).isNull();
        }
    }

    @Test
    void sweepsEntityMaps() {
        String map = broker.entityMaps()
                .create(CITY, List.of("urn:x:1"), Optional.empty())
                .id();
        sweeper.sweep();
        assertThat(store.listDocuments(CITY, "entityMap")).containsExactly(map);
        now.addAndGet(HOUR);
        sweeper.sweep();
        assertThat(store.listDocuments(CITY, "entityMap")).isEmpty();
    }
}
