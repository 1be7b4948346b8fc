package city.emona.broker.live;

import city.emona.problem.Problem;
import city.emona.query.EntityMatcher;
import city.emona.query.LinkedEntities;
import city.emona.store.CommittedChange;
import city.emona.store.ContextStore;
import city.emona.store.StoredEntity;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Judges what a change, or the present state of an entity, means to a stream. For use by the stream's thread. */
final class LiveJudge {
    private final LiveQuery follow;
    private final ContextStore store;
    private final LongSupplier now;
    private final EntityMatcher matcher;

    /** @param now the time, in epoch milliseconds */
    LiveJudge(LiveQuery follow, ContextStore store, LongSupplier now) {
        this.follow = follow;
        this.store = store;
        this.now = now;
        this.matcher = new EntityMatcher(follow.filter(), LinkedEntities.NONE);
    }

    /** What a change means; null where the entity matches neither before nor after. */
    @Nullable
    LiveEvent judge(CommittedChange change, long position) {
        StoredEntity before = change.before();
        StoredEntity after = change.after();
        if (after != null) {
            StoredEntity seen = after.asOf(now.getAsLong());
            if (matches(seen)) {
                return new LiveEvent.Present(position, seen);
            }
        }
        return before != null && matches(before) ? new LiveEvent.Gone(position, change.id()) : null;
    }

    /** The present state of an entity. */
    Optional<StoredEntity> find(String id) {
        return store.findEntity(follow.tenant(), id);
    }

    /** Whether a state matches; one for which the filter takes too many steps does not. */
    boolean matches(StoredEntity state) {
        try {
            return matcher.mayMatch(
                            state.id(), state.packed().types(), state.packed().names())
                    && matcher.matches(state.entity());
        } catch (Problem tooComplex) {
            return false;
        }
    }
}
