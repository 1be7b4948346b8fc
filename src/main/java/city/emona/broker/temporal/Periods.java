package city.emona.broker.temporal;

import city.emona.time.IsoDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Periods of one length that cover time without a gap. Times are epoch microseconds. */
sealed interface Periods {
    /** Longer than all of history, and short enough to be added to any time. */
    long LONGEST = 1L << 61;

    /** The number of the period that a time lies in. */
    long index(long micros);

    /** When a period begins, which is when the one before ends. */
    long start(long index);

    /**
     * Periods of which one begins at an anchor. Years, months and days are those of the calendar in a zone, so that a day may have 23 or 25
     * hours; hours, minutes and seconds are of one length.
     *
     * @param duration more than zero
     */
    static Periods of(IsoDuration duration, long anchor, ZoneId zone) {
        return duration.dates().isZero()
                ? new Fixed(anchor, Math.max(1, micros(duration)))
                : new Calendar(at(anchor, zone), duration, approximateMicros(duration));
    }

    private static long micros(IsoDuration duration) {
        return Math.min(LONGEST, TimeUnit.MICROSECONDS.convert(duration.time()));
    }

    private static double approximateMicros(IsoDuration duration) {
        double days = duration.dates().toTotalMonths() * (365.2425 / 12)
                + duration.dates().get(ChronoUnit.DAYS);
        return days * 86_400_000_000.0 + micros(duration);
    }

    private static ZonedDateTime at(long micros, ZoneId zone) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone);
    }

    /** One period for everything. */
    record Whole(long begin, long end) implements Periods {
        @Override
        public long index(long micros) {
            return 0;
        }

        @Override
        public long start(long index) {
            return index == 0 ? begin : end;
        }
    }

    /** Periods of so many microseconds. */
    record Fixed(long anchor, long length) implements Periods {
        @Override
        public long index(long micros) {
            return Math.floorDiv(micros - anchor, length);
        }

        @Override
        public long start(long index) {
            return anchor + index * length;
        }
    }

    /**
     * Periods of the calendar. Each is counted from the anchor, so that months from the 31st on end on the last day of shorter ones and find
     * back.
     *
     * @param length how long one is on average, in microseconds
     */
    record Calendar(ZonedDateTime anchor, IsoDuration duration, double length) implements Periods {
        @Override
        public long index(long micros) {
            long index = (long) Math.floor((micros - micros(anchor)) / length);
            while (start(index) > micros) {
                index--;
            }
            while (start(index + 1) <= micros) {
                index++;
            }
            return index;
        }

        @Override
        public long start(long index) {
            try {
                return micros(anchor.plus(duration.dates().multipliedBy(Math.toIntExact(index)))
                        .plus(duration.time().multipliedBy(index)));
            } catch (DateTimeException | ArithmeticException e) {
                return index < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        }

        private static long micros(ZonedDateTime time) {
            return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        }
    }
}
