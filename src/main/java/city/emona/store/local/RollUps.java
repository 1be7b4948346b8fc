package city.emona.store.local;

import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.store.HistoryPoint;
import city.emona.store.RollUp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The hours or days of a series that are kept together on disk, by when they begin: the hours of a day of UTC, or the days of four weeks. Form 1:
 * the number 1, how many there are, and for each its begin, end and counts, and its sums and limits as eight bytes each.
 */
final class RollUps {
    private static final int FORM = 1;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final TreeMap<Long, RollUp> all = new TreeMap<>();

    /** How long the time is that is rolled up into one. */
    enum Level {
        HOUR(HistoryKeys.HOURS, DAY_MICROS),
        DAY(HistoryKeys.DAYS, 28 * DAY_MICROS);

        private final byte kind;
        private final long together;

        Level(byte kind, long together) {
            this.kind = kind;
            this.together = together;
        }

        /** What a roll-up is of. */
        static Level of(RollUp one) {
            return one.to() - one.from() <= HOUR_MICROS ? HOUR : DAY;
        }

        /** The byte that stands for it in keys. */
        byte kind() {
            return kind;
        }

        /** When the record begins that holds a time. */
        long recordOf(long micros) {
            return Math.max(Math.floorDiv(micros, together), Long.MIN_VALUE / together) * together;
        }

        /** An empty roll-up of the hour or day of a time. */
        RollUp around(long micros, ZoneId zone) {
            ZonedDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone);
            return switch (this) {
                case HOUR -> {
                    long from = Math.floorDiv(micros, HOUR_MICROS) * HOUR_MICROS;
                    yield RollUp.empty(from, from + HOUR_MICROS);
                }
                case DAY -> {
                    ZonedDateTime from = time.toLocalDate().atStartOfDay(zone);
                    ZonedDateTime to = time.toLocalDate().plusDays(1).atStartOfDay(zone);
                    yield RollUp.empty(
                            ChronoUnit.MICROS.between(Instant.EPOCH, from.toInstant()),
                            ChronoUnit.MICROS.between(Instant.EPOCH, to.toInstant()));
                }
            };
        }
    }

    static RollUps read(byte[] value) {
        PackedInput in = new PackedInput(value, 0);
        if (in.number() != FORM) {
            throw new IllegalArgumentException("roll-ups of history have an unknown form");
        }
        RollUps read = new RollUps();
        for (long left = in.number(); left > 0; left--) {
            RollUp one = new RollUp(
                    in.signed(),
                    in.signed(),
                    in.number(),
                    in.number(),
                    Double.longBitsToDouble(in.fixed()),
                    Double.longBitsToDouble(in.fixed()),
                    Double.longBitsToDouble(in.fixed()),
                    Double.longBitsToDouble(in.fixed()));
            read.all.put(one.from(), one);
        }
        return read;
    }

    byte[] bytes() {
        PackedOutput out = new PackedOutput();
        out.number(FORM);
        out.number(all.size());
        for (RollUp one : all.values()) {
            out.signed(one.from());
            out.signed(one.to());
            out.number(one.instances());
            out.number(one.numbers());
            out.fixed(Double.doubleToLongBits(one.sum()));
            out.fixed(Double.doubleToLongBits(one.sumOfSquares()));
            out.fixed(Double.doubleToLongBits(one.least()));
            out.fixed(Double.doubleToLongBits(one.most()));
        }
        return out.toBytes();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Collection<RollUp> all() {
        return all.values();
    }

    /** Adds to the hour or day that is there already, or to an empty one. */
    void add(RollUp one) {
        all.merge(one.from(), one, RollUp::with);
    }

    /** Adds an hour or day unless it is there. */
    void addIfAbsent(RollUp one) {
        all.putIfAbsent(one.from(), one);
    }

    void remove(RollUp one) {
        all.remove(one.from());
    }

    /** Rolls an instance into its hour or day. */
    static RollUp of(Level level, ZoneId zone, HistoryPoint point) {
        RollUp empty = level.around(HistoryBlock.placeOf(point).micros(), zone);
        return point.instance().value().isNumber()
                ? empty.with(point.instance().value().doubleValue())
                : empty.withOther();
    }
}
