package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Outbox;
import city.emona.broker.live.LiveHub;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.json.Json;
import city.emona.store.CommitWatcher;
import city.emona.store.LogEntry;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.time.Timestamps;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/** A store, a broker and the shipped verticals, with a clock that the test sets; it can be started again on the same folder. */
public final class RuleCity implements AutoCloseable {
    public static final String AIR = "AirQualityObserved";
    public static final String BIKES = "BikeHireDockingStation";

    /** An outbox of nothing. */
    static final Outbox NOBODY = new Outbox() {
        @Override
        public List<Dispatch> dispatches(LogEntry entry) {
            return List.of();
        }

        @Override
        public Optional<Message> compose(Dispatch dispatch) {
            return Optional.empty();
        }

        @Override
        public void delivered(Dispatch dispatch, long at) {
            throw new AssertionError("nothing of this outbox is sent");
        }

        @Override
        public void failed(Dispatch dispatch, long at, String reason) {
            throw new AssertionError("nothing of this outbox is sent");
        }
    };

    public final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-01T12:00:00Z"));
    public final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    public final Verticals verticals;
    private final Path folder;
    public LocalStore store;
    public Broker broker;
    public LiveHub live;

    public RuleCity(Path folder) {
        this(folder, Path.of("verticals"));
    }

    /** A city with the verticals of another folder. */
    public RuleCity(Path folder, Path verticals) {
        this.folder = folder;
        this.verticals = Verticals.load(verticals, contexts);
        store = LocalStore.open(folder, 0, clock());
        broker = new Broker(store, clock());
        live = new LiveHub(store, broker, 100);
    }

    /** Closes everything and opens it again. */
    public void restart() {
        close();
        store = LocalStore.open(folder, 0, clock());
        broker = new Broker(store, clock());
        live = new LiveHub(store, broker, 100);
    }

    public Clock clock() {
        return new Clock() {
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
                return now.get();
            }
        };
    }

    public void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    RuleEngine engine() {
        RuleEngine engine = new RuleEngine(store, broker, live, clock());
        engine.apply(verticals);
        return engine;
    }

    void watch(CommitWatcher watcher) {
        store.setWatcher(watcher);
    }

    /** An entity says a number, which was observed now. */
    public String say(String type, String name, String term, Object value) {
        String id = "urn:ngsi-ld:" + type + ":" + name;
        ObjectNode property =
                Json.object().put("type", "Property").put("observedAt", Timestamps.format(clock().millis()));
        property.set("value", Json.fromPlain(value));
        ObjectNode json = Json.object().put("id", id).put("type", type);
        json.set(term, property);
        ObjectNode title = Json.object().put("type", "LanguageProperty");
        title.putObject("languageMap").put("sl", name);
        json.set("name", title);
        Entity entity =
                EntityReader.read(json, contexts.compile(vertical(type).models().context()), clock().millis());
        broker.upsertAll(Tenant.DEFAULT, List.of(entity));
        return id;
    }

    private Vertical vertical(String type) {
        return verticals.list().stream()
                .filter(one -> one.models().findType(type).isPresent())
                .findFirst()
                .orElseThrow();
    }

    public List<Alert> alerts(String rule) {
        return new Alerts(broker)
                .list().stream().filter(alert -> alert.rule().equals(rule)).toList();
    }

    @Override
    public void close() {
        live.close();
        store.close();
    }
}
