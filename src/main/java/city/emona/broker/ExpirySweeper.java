package city.emona.broker;

import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.EntityWrite;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has expired from the store (ETSI GS CIM 009 clause 4.22). Readers do not see it any more from the moment when it expires;
 * here it becomes a committed change, which listeners hear of. What an entity keeps is as it was: its time of modification stays.
 */
public final class ExpirySweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);
    private static final long PAUSE_MILLIS = 1_000;

    /** How many entities one commit removes, so that the changes of others pass between. */
    private static final int BATCH = 500;

    private final ContextStore store;
    private final Clock clock;
    private final Broker broker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("expiry").daemon().unstarted(this::run);

    /**
     * @param broker whose entity maps and snapshots are swept too
     */
    public ExpirySweeper(ContextStore store, Clock clock, Broker broker) {
        this.store = store;
        this.clock = clock;
        this.broker = broker;
    }

    /** Sweeps from now on, once a second. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                try {
                    sweep();
                } catch (Problem problem) {
                    LOG.debug("What has expired stays for now: {}", problem.getMessage());
                }
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Removes all that has expired by now.
     *
     * @return how many entities were removed or lost attributes
     * @throws Problem of type InsufficientStorage when the disk is full; the rest is removed another time
     */
    public int sweep() {
        int swept = 0;
        List<Tenant> all = new ArrayList<>(store.listTenants());
        all.addAll(store.listSnapshots());
        for (Tenant tenant : all) {
            List<StoredEntity> expired = store.listExpired(tenant, BATCH);
            while (!expired.isEmpty() && closed.getCount() > 0) {
                swept += remove(tenant, expired);
                expired = store.listExpired(tenant, BATCH);
            }
        }
        broker.entityMaps().sweep();
        broker.snapshots().tidy();
        return swept;
    }

    private int remove(Tenant tenant, List<StoredEntity> expired) {
        long now = clock.millis();
        try {
            store.commit(ChangeSet.ofEntities(
                    tenant, expired.stream().map(entity -> write(entity, now)).toList()));
            return expired.size();
        } catch (VersionConflictException e) {
            // one of them was written again; the next look tells which are left
            return 0;
        }
    }

    /** An expired entity counts as absent; one with expired attributes is replaced by what is left of it. */
    private static EntityWrite write(StoredEntity entity, long now) {
        return entity.isExpired(now)
                ? EntityWrite.removeExpired(entity)
                : EntityWrite.replace(entity, entity.entity().withoutExpiredAttributes(now));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
