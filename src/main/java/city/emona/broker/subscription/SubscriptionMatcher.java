package city.emona.broker.subscription;

import city.emona.context.Entity;
import city.emona.query.LinkedEntities;
import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.ContextStore;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges each change-set against all subscriptions of its tenant (ETSI GS CIM 009 clause 5.8.6). */
public final class SubscriptionMatcher implements CommitWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMatcher.class);

    private final Subscriptions subscriptions;
    private final ContextStore store;
    private final Clock clock;

    public SubscriptionMatcher(Subscriptions subscriptions, ContextStore store, Clock clock) {
        this.subscriptions = subscriptions;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public byte @Nullable [] judge(List<CommittedChange> changes) {
        Tenant tenant = changes.getFirst().tenant();
        SubscriptionIndex index = subscriptions.index(tenant);
        if (index == null || index.isEmpty()) {
            return null;
        }
        try {
            Notice notice = notice(index, changes, linked(tenant, changes));
            return notice.bySubscription().isEmpty() ? null : notice.bytes();
        } catch (RuntimeException e) {
            // a defect here must not keep others from writing
            LOG.error("A change could not be judged, so nobody is told of it", e);
            return null;
        }
    }

    private Notice notice(SubscriptionIndex index, List<CommittedChange> changes, LinkedEntities linked) {
        List<NotedChange> noted = new ArrayList<>();
        Map<String, List<Integer>> bySubscription = new LinkedHashMap<>();
        long now = clock.millis();
        for (CommittedChange change : changes) {
            ChangedEntity changed = new ChangedEntity(change);
            List<LiveSubscription> told = index.judge(changed, linked, now);
            if (!told.isEmpty()) {
                for (LiveSubscription live : told) {
                    bySubscription
                            .computeIfAbsent(live.id(), _ -> new ArrayList<>(1))
                            .add(noted.size());
                }
                noted.add(noted(changed, told));
            }
        }
        return new Notice(noted, bySubscription);
    }

    private static NotedChange noted(ChangedEntity changed, List<LiveSubscription> told) {
        StoredEntity before = changed.change().before();
        StoredEntity after = changed.change().after();
        boolean needsBefore =
                after == null || told.stream().anyMatch(live -> needsBefore(changed, live.subscription()));
        return new NotedChange(
                changed.id(),
                before == null || !needsBefore ? null : before.packed(),
                after == null ? null : after.packed());
    }

    private static boolean needsBefore(ChangedEntity changed, Subscription subscription) {
        return subscription.notification().showChanges()
                || (subscription.triggers().contains(Trigger.ATTRIBUTE_DELETED)
                        && changed.differences().stream()
                                .anyMatch(difference -> difference.kind() == Trigger.ATTRIBUTE_DELETED));
    }

    /** Entities as they are when the change-set is committed. */
    private LinkedEntities linked(Tenant tenant, List<CommittedChange> changes) {
        return id -> {
            for (CommittedChange change : changes) {
                if (change.id().equals(id)) {
                    return entity(change.after());
                }
            }
            return entity(store.findEntity(tenant, id).orElse(null));
        };
    }

    private static @Nullable Entity entity(@Nullable StoredEntity stored) {
        return stored == null ? null : stored.entity();
    }
}
