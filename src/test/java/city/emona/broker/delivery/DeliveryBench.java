package city.emona.broker.delivery;

import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.EntityWrite;
import city.emona.store.Samples;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A real store whose commits are delivered over HTTP, for one test. */
final class DeliveryBench implements AutoCloseable {
    final ContextStore store;
    final NumberOutbox outbox;
    private final Clock clock;
    private DeliverySettings settings;
    private DeliveryEngine engine;
    private int next = 1;

    DeliveryBench(Path folder, Clock clock, NumberOutbox outbox, DeliverySettings settings) {
        this.clock = clock;
        this.outbox = outbox;
        this.settings = settings;
        this.store = LocalStore.open(folder, 1024 * 1024, clock);
        store.setWatcher(outbox);
        this.engine = open();
    }

    private DeliveryEngine open() {
        Duration timeout = Duration.ofSeconds(10);
        Sender sender = SchemeSender.of(
                new HttpSender(timeout, null, clock), new MqttSender(timeout, MqttSender.USUAL_IDLE, null));
        DeliveryEngine opened = new DeliveryEngine(store, outbox, sender, clock, settings);
        opened.start();
        return opened;
    }

    DeliveryEngine engine() {
        return engine;
    }

    /** Stops the delivery, and begins it anew with what the store has of it. */
    void restart() {
        engine.close();
        engine = open();
    }

    /** Commits as many entities, one after the other, with the numbers that come next. */
    void commit(int count) {
        for (int i = 0; i < count; i++) {
            int number = next++;
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:n:" + number, "N", number)))));
        }
    }

    /** The bodies that tell the numbers from one to another. */
    static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    /** The first endpoint, as soon as there is one. */
    EndpointState endpoint() {
        Wait.until(() -> !engine.listEndpoints().isEmpty());
        return engine.listEndpoints().getFirst();
    }

    @Override
    public void close() {
        engine.close();
        store.close();
    }
}
