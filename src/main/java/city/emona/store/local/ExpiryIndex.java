package city.emona.store.local;

import city.emona.store.StoredEntity;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The entities that expire, or of which an attribute expires, in the order of when that is first. One thread changes it; any number read
 * it without waiting.
 */
final class ExpiryIndex {
    private final NavigableSet<Due> order = new ConcurrentSkipListSet<>();

    private record Due(long at, String id) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }
    }

    /** Takes note of a change. */
    void replace(@Nullable StoredEntity before, @Nullable StoredEntity after) {
        long earlier = before == null ? 0 : before.nextExpiry();
        long later = after == null ? 0 : after.nextExpiry();
        if (earlier == later) {
            return;
        }
        if (before != null && earlier != 0) {
            order.remove(new Due(earlier, before.id()));
        }
        if (after != null && later != 0) {
            order.add(new Due(later, after.id()));
        }
    }

    /** The ids of the entities that have expired or of which something has, the earliest first. */
    List<String> due(long now) {
        return due(now, Integer.MAX_VALUE);
    }

    /** The first of them, at most as many as the limit says. */
    List<String> due(long now, int limit) {
        return order.headSet(new Due(now + 1, "")).stream()
                .limit(limit)
                .map(Due::id)
                .toList();
    }

    /** Whether anything has expired. */
    boolean anyDue(long now) {
        Iterator<Due> earliest = order.iterator();
        return earliest.hasNext() && earliest.next().at() <= now;
    }
}
