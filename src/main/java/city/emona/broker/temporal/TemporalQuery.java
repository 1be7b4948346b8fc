package city.emona.broker.temporal;

import city.emona.store.HistoryRange;
import city.emona.store.TimeProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a history are meant (ETSI GS CIM 009 clauses 4.11 and 5.2.21).
 *
 * @param relation how the times of instances lie to {@code timeAt}; null for no bound
 * @param timeAt epoch microseconds
 * @param endTimeAt epoch microseconds; for {@link Relation#BETWEEN}
 * @param property the time that counts; null where the client names none, which means {@code observedAt}
 * @param lastN how many instances of an attribute at most, those with the latest times; 0 for all
 */
public record TemporalQuery(
        @Nullable Relation relation,
        long timeAt,
        long endTimeAt,
        @Nullable TimeProperty property,
        int lastN) {
    /** Everything. */
    public static final TemporalQuery ALL = new TemporalQuery(null, 0, 0, null, 0);

    /** How a time lies to the times of the query. */
    public enum Relation {
        /** Earlier than {@code timeAt}. */
        BEFORE("before"),
        /** At {@code timeAt} or later. */
        AFTER("after"),
        /** At {@code timeAt} or later, and earlier than {@code endTimeAt}. */
        BETWEEN("between");

        private final String term;

        Relation(String term) {
            this.term = term;
        }

        /** The name in JSON and in parameters. */
        public String term() {
            return term;
        }
    }

    /** Whether nothing says which instances are meant, so that those without a time of observation are meant too. */
    boolean isOpen() {
        return relation == null && property == null;
    }

    TimeProperty timeProperty() {
        return property == null ? TimeProperty.OBSERVED_AT : property;
    }

    /** The first time that is meant, in epoch microseconds. */
    long from() {
        return relation == Relation.AFTER || relation == Relation.BETWEEN ? timeAt : HistoryRange.ALL.from();
    }

    /** The time behind the last that is meant, in epoch microseconds. */
    long to() {
        if (relation == Relation.BEFORE) {
            return timeAt;
        }
        return relation == Relation.BETWEEN ? endTimeAt : HistoryRange.ALL.to();
    }

    /** The range of times that is meant, whatever {@code lastN}. */
    HistoryRange range() {
        return HistoryRange.between(timeProperty(), from(), to());
    }

    /** Whether instances are cut off at their oldest end rather than at their newest. */
    boolean isBackwards() {
        return lastN > 0;
    }
}
