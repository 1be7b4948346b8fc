package city.emona.store;

import city.emona.context.AttributeInstance;
import city.emona.time.Timestamps;

/**
 * One instance in the history of an attribute (ETSI GS CIM 009 clause 4.5.7). Where the attribute was deleted, that is an instance too: one
 * whose value {@linkplain AttributeInstance#isNull is null}.
 *
 * @param instance what the attribute was; its {@code modifiedAt} is when it became that, or when it was deleted
 */
public record HistoryPoint(InstanceId id, AttributeInstance instance) {
    /** That there is no such time. */
    public static final long NONE = Long.MIN_VALUE;

    /** Whether this tells of a deletion. */
    public boolean isDeleted() {
        return instance.isNull();
    }

    /** A time of the instance in epoch microseconds; {@link #NONE} where it has no such time. */
    public long micros(TimeProperty property) {
        return switch (property) {
            case OBSERVED_AT ->
                instance.observedAt() == null
                        ? NONE
                        : Timestamps.parseMicros(instance.observedAt()).orElse(NONE);
            case CREATED_AT -> isDeleted() ? NONE : 1_000 * id.recordedAt();
            case MODIFIED_AT -> isDeleted() ? NONE : 1_000 * instance.modifiedAt();
            case DELETED_AT -> isDeleted() ? 1_000 * instance.modifiedAt() : NONE;
        };
    }
}
