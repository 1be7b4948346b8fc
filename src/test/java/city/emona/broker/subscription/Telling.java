package city.emona.broker.subscription;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.LogEntry;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A broker with subscriptions on a real store, whose outbox is asked what it has to tell. */
final class Telling implements AutoCloseable {
    static final String ID = "urn:ngsi-ld:Subscription:1";

    final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    final LocalStore store;
    final Broker broker;
    final ContextLibrary library;
    final Subscriptions subscriptions;
    final SubscriptionOutbox outbox;
    private long told;

    Telling(Path folder) {
        Clock clock = new SetClock();
        store = LocalStore.open(folder, 0, clock);
        broker = new Broker(store, clock);
        library = new ContextLibrary(
                store,
                url -> {
                    throw new Problem(ProblemType.LD_CONTEXT_NOT_AVAILABLE, "No context at " + url + ".", "");
                },
                clock);
        library.contexts().register("/own.jsonld", Json.parse("""
                {"@context": {"Own": "https://example.org/Own", "own": "https://example.org/own"}}"""));
        subscriptions = new Subscriptions(broker, store, library, clock);
        store.setWatcher(new SubscriptionMatcher(subscriptions, store, clock));
        outbox = new SubscriptionOutbox(subscriptions, broker, library, clock);
        told = store.logEnd();
    }

    /** A clock that stands still until a test moves it. */
    private final class SetClock extends Clock {
        @Override
        public ZoneOffset getZone() {
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

    Clock clock() {
        return new SetClock();
    }

    /** Subscribes to the type T; the members of the JSON objects take the place of others, those of the second in the notification. */
    void subscribe(String members, String notification) {
        ObjectNode json = (ObjectNode) Json.parse("""
                {"id": "%s", "type": "Subscription", "entities": [{"type": "T"}],
                 "notification": {"endpoint": {"uri": "http://localhost:9/notify"}}}""".formatted(ID));
        json.setAll((ObjectNode) Json.parse(members));
        ((ObjectNode) json.get("notification")).setAll((ObjectNode) Json.parse(notification));
        subscriptions.create(Tenant.DEFAULT, json, TermTable.core(), path -> "http://here" + path);
    }

    void subscribe(String members) {
        subscribe(members, "{}");
    }

    JsonNode subscription() {
        return Json.parse(Json.bytes(subscriptions.retrieve(Tenant.DEFAULT, ID, TermTable.core())));
    }

    /** Makes entities be as they are given, in one commit. */
    void put(String... entities) {
        List<EntityWrite> writes = new ArrayList<>();
        for (String json : entities) {
            Entity entity = EntityReader.read(Json.parse(json), TermTable.core(), now.get());
            Optional<StoredEntity> present = store.findEntity(Tenant.DEFAULT, entity.id());
            writes.add(present.map(stored -> EntityWrite.replace(stored, entity))
                    .orElseGet(() -> EntityWrite.create(entity)));
        }
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, writes));
    }

    void delete(String id) {
        StoredEntity stored = store.findEntity(Tenant.DEFAULT, id).orElseThrow();
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.delete(stored))));
    }

    /** What has to be told of the commits since it was last asked. */
    List<Dispatch> dispatches() {
        List<Dispatch> dispatches = new ArrayList<>();
        for (LogEntry entry : store.readLog(told, 1_000)) {
            dispatches.addAll(outbox.dispatches(entry));
            told = entry.position();
        }
        return dispatches;
    }

    /** The messages of the commits since it was last asked. */
    List<Message> messages() {
        return dispatches().stream()
                .flatMap(dispatch -> outbox.compose(dispatch).stream())
                .toList();
    }

    /** The data of the one notification since it was last asked. */
    JsonNode data() {
        List<Message> messages = messages();
        if (messages.size() != 1) {
            throw new AssertionError(messages.size() + " messages instead of one");
        }
        return Json.parse(messages.getFirst().body()).required("data");
    }

    @Override
    public void close() {
        store.close();
    }
}
