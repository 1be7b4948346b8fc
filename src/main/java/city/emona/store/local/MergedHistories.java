package city.emona.store.local;

import city.emona.store.HistoryHeader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entities that exist and entities that have only a history, each in the order of ids, as one order. For use by one thread. */
final class MergedHistories implements Iterator<HistoryHeader> {
    private final Iterator<HistoryHeader> present;
    private final Iterator<HistoryHeader> absent;
    private final Predicate<HistoryHeader> wanted;
    private @Nullable HistoryHeader nextPresent;
    private @Nullable HistoryHeader nextAbsent;
    private @Nullable HistoryHeader next;

    MergedHistories(Iterator<HistoryHeader> present, Iterator<HistoryHeader> absent, Predicate<HistoryHeader> wanted) {
        this.present = present;
        this.absent = absent;
        this.wanted = wanted;
        this.nextPresent = following(present);
        this.nextAbsent = following(absent);
        advance();
    }

    private static @Nullable HistoryHeader following(Iterator<HistoryHeader> all) {
        return all.hasNext() ? all.next() : null;
    }

    private void advance() {
        do {
            next = smaller();
        } while (next != null && !wanted.test(next));
    }

    /** The next of the two; where both have the same id, it has just begun or ended to exist, and is one. */
    private @Nullable HistoryHeader smaller() {
        HistoryHeader one = nextPresent;
        HistoryHeader other = nextAbsent;
        int order = one == null ? 1 : other == null ? -1 : one.id().compareTo(other.id());
        if (order <= 0) {
            nextPresent = following(present);
        }
        if (order >= 0) {
            nextAbsent = following(absent);
        }
        return order <= 0 ? one : other;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public HistoryHeader next() {
        HistoryHeader found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        advance();
        return found;
    }
}
