package city.emona.broker.subscription;

import city.emona.broker.delivery.Dispatch;
import city.emona.store.Tenant;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does at its time what no request does: tells subscriptions at their intervals, and keeps what became of notifications. The first interval
 * begins with the subscription, or with the start of the program.
 */
public final class SubscriptionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionKeeper.class);

    /** The precision of intervals. */
    private static final long PAUSE_MILLIS = 100;

    /** How often records are kept. */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Subscriptions subscriptions;
    private final Clock clock;
    private final Consumer<Dispatch> dispatches;
    private final Map<Key, Due> dues = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("subscriptions").unstarted(this::run);

    private record Key(Tenant tenant, String id) {}

    /** When a subscription is told next, and the interval for which that was reckoned. */
    private record Due(long at, long intervalMillis) {}

    /** @param dispatches takes what has to be told, and returns soon */
    public SubscriptionKeeper(Subscriptions subscriptions, Clock clock, Consumer<Dispatch> dispatches) {
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.dispatches = dispatches;
    }

    /** Works from now on. */
    public void start() {
        thread.start();
    }

    private void run() {
        long kept = System.nanoTime();
        try {
            while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                tellDue();
                if (System.nanoTime() - kept >= KEEP_NANOS) {
                    subscriptions.keepRecords();
                    kept = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells those whose interval is over. */
    synchronized void tellDue() {
        long now = clock.millis();
        Set<Key> present = new HashSet<>();
        for (LiveSubscription live : subscriptions.listPeriodic()) {
            Key key = new Key(live.tenant(), live.id());
            present.add(key);
            long interval = live.subscription().intervalMillis();
            Due due = dues.get(key);
            if (due == null || due.intervalMillis != interval) {
                dues.put(key, new Due(now + interval, interval));
            } else if (due.at <= now) {
                dues.put(key, new Due(now + interval, interval));
                tell(live, now);
            }
        }
        dues.keySet().retainAll(present);
    }

    private void tell(LiveSubscription live, long now) {
        if (!live.isActive(now)) {
            return;
        }
        try {
            dispatches.accept(SubscriptionOutbox.dispatch(live, 0, new Told.Everything()));
        } catch (RuntimeException e) {
            LOG.error("The subscription {} could not be told at its interval", live.id(), e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        subscriptions.keepRecords();
    }
}
