package city.emona.broker.delivery;

import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.Samples;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A process that commits numbers and delivers them until it is killed; see {@link DeliveryCrashTest}. */
final class DeliveryCrashWriter {
    private DeliveryCrashWriter() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the folder, and the addresses of the endpoints
     */
    public static void main(String[] arguments) {
        Clock clock = Clock.systemUTC();
        NumberOutbox outbox = new NumberOutbox();
        for (int i = 1; i < arguments.length; i++) {
            outbox.subscribe("s" + i, arguments[i]);
        }
        LocalStore store = LocalStore.open(Path.of(arguments[0]), 1024 * 1024, clock);
        store.setWatcher(outbox);
        new DeliveryEngine(
                        store,
                        outbox,
                        new HttpSender(Duration.ofSeconds(10), null, clock),
                        clock,
                        DeliverySettings.DEFAULT.withQueueLength(20))
                .start();
        int number = (int) store.countEntities(Tenant.DEFAULT);
        while (true) {
            number++;
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:n:" + number, "N", number)))));
            System.out.println(number);
        }
    }
}
