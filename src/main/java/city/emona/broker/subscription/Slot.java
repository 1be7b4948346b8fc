package city.emona.broker.subscription;

import city.emona.broker.subscription.ChangedEntity.Difference;
import city.emona.query.EntityMatcher;
import city.emona.query.LinkedEntities;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A subscription in the index, ready to judge changes. Guarded by the index. */
final class Slot {
    private final LiveSubscription live;
    private final int triggers;
    private final EntityMatcher matcher;

    /** The number of the change that met it last, so that it is judged once though it stands in several places. */
    private long metBy = -1;

    Slot(LiveSubscription live, LinkedEntities linked) {
        this.live = live;
        this.triggers = Trigger.bits(live.subscription().triggers());
        this.matcher = new EntityMatcher(live.subscription().filter(), linked);
    }

    LiveSubscription live() {
        return live;
    }

    /** Whether this is the first time that a change meets it. */
    boolean meet(long change) {
        boolean first = metBy != change;
        metBy = change;
        return first;
    }

    /**
     * Whether its subscriber is to be told of a change.
     *
     * @throws city.emona.problem.Problem of type TooComplexQuery when a pattern takes too many steps
     */
    boolean matches(ChangedEntity change, long now) {
        return live.isActive(now)
                && matcher.mayMatch(
                        change.id(), change.packed().types(), change.packed().names())
                && isTriggered(change)
                && (live.subscription().filter().isOnlySelectors() || matcher.matches(change.entity()));
    }

    private boolean isTriggered(ChangedEntity change) {
        Set<String> watched = live.subscription().watched();
        Set<String> datasets = live.subscription().filter().datasets();
        Optional<Trigger> whole = change.entityTrigger();
        if (whole.isPresent() && has(whole.get())) {
            if (watched.isEmpty()) {
                return true;
            }
            for (Difference difference : change.differences()) {
                if (isMeant(difference, watched, datasets)) {
                    return true;
                }
            }
        }
        for (Difference difference : change.differences()) {
            if (has(difference.kind()) && isMeant(difference, watched, datasets)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Trigger trigger) {
        return (triggers & trigger.bit()) != 0;
    }

    private static boolean isMeant(Difference difference, Set<String> watched, @Nullable Set<String> datasets) {
        return (watched.isEmpty() || watched.contains(difference.attribute()))
                && (datasets == null || datasets.contains(difference.dataset()));
    }
}
