package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import city.emona.vertical.Column;
import city.emona.vertical.View;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One series that is looked at: an attribute of an entity, in one of its datasets.
 *
 * @param readings how the entity is read
 * @param isDeclared whether a vertical says how entities of this type are shown
 * @param dataset an empty text for the default one
 * @param time by which its values are in order: when they were observed, where they say so, and otherwise when they were written
 */
record HistorySubject(
        KnownEntity known,
        EntityReadings readings,
        boolean isDeclared,
        Column column,
        String dataset,
        TimeProperty time) {
    View view() {
        return readings.view();
    }

    String entityName() {
        return readings.name(known.entity());
    }

    SeriesSelector selector() {
        return new SeriesSelector(Set.of(column.attribute()), Set.of(dataset));
    }

    /** Whether a value holds until it is told otherwise; what is observed holds as long as it is not stale. */
    boolean holds() {
        return time != TimeProperty.OBSERVED_AT;
    }

    /** How long an observed value holds, in microseconds; 0 where nobody says. */
    long staleMicros() {
        return isDeclared ? 1_000 * view().staleAfter().toMillis() : 0;
    }

    /** Until when what was said last may hold. */
    Instant end(Instant now) {
        Instant gone = known.findDeletion().orElse(now);
        return gone.isBefore(now) ? gone : now;
    }

    /** Whether the entity still has the series. */
    boolean isAlive() {
        return known.isCurrent() && findAttribute().isPresent();
    }

    /** Whether its last value can stand on an axis, as a number or a state. */
    boolean isComparable() {
        return findAttribute()
                .map(attribute ->
                        attribute.findInstance(dataset).orElse(attribute.main()).value())
                .filter(value -> value.isNumber() || isState(value.isBoolean()))
                .isPresent();
    }

    /** Whether values that are no numbers are states, of which there are few. */
    boolean isState(boolean isBoolean) {
        return isBoolean || !column.values().isEmpty();
    }

    private Optional<Attribute> findAttribute() {
        return known.entity().findAttribute(column.attribute());
    }
}
