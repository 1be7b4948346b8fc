package city.emona.vertical.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How a city's day goes by: functions of time alone, so that every reader sees the same city at the same moment. */
final class Rhythm {
    static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");

    private static final double WEEKEND = 0.3;

    private Rhythm() {}

    /** The hour of the local day with its fraction: 16.5 is half past four. */
    static double hour(Instant at) {
        ZonedDateTime local = at.atZone(ZONE);
        return local.getHour() + local.getMinute() / 60.0 + local.getSecond() / 3600.0;
    }

    /** 1 on working days, less at weekends. */
    static double work(Instant at) {
        DayOfWeek day = at.atZone(ZONE).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? WEEKEND : 1;
    }

    /** From −1, all at home, to 1, all in the centre. */
    static double inCentre(Instant at) {
        double hour = hour(at);
        double came = step((hour - 7.8) / 0.6);
        double left = step((hour - 16.2) / 0.9);
        return (2 * (came - left) - 1) * work(at);
    }

    /** How much traffic there is, 0 to 1: two peaks, and little at night. */
    static double traffic(Instant at) {
        double hour = hour(at);
        double day = step((hour - 6) / 0.8) - step((hour - 21) / 1.2);
        return (0.35 * day + 0.65 * bell(hour, 8, 1.1) + 0.6 * bell(hour, 16, 1.6)) * (0.4 + 0.6 * work(at));
    }

    /** How strong the sun is, 0 to 1. */
    static double sun(Instant at) {
        return bell(hour(at), 14, 3.5);
    }

    /** How much is heated, 0 to 1: by the time of the day and of the year. */
    static double heating(Instant at) {
        double winter = 0.5 + 0.5 * Math.cos(2 * Math.PI * (at.atZone(ZONE).getDayOfYear() - 15) / 365.0);
        double hour = hour(at);
        return winter * (0.4 + 0.6 * bell(hour, 20.5, 2.5) + 0.3 * bell(hour, 7, 1.5));
    }

    private static double step(double x) {
        return 1 / (1 + Math.exp(-4 * x));
    }

    private static double bell(double hour, double peak, double width) {
        double distance = Math.abs(hour - peak);
        double around = Math.min(distance, 24 - distance);
        return Math.exp(-around * around / (2 * width * width));
    }

    /**
     * A smooth wandering between −1 and 1.
     *
     * @param seed tells one wandering from another
     * @param periodSeconds about how long one swing takes
     */
    static double wander(long seed, double periodSeconds, Instant at) {
        double t = at.toEpochMilli() / 1000.0 / periodSeconds;
        return 0.5 * swing(seed, 1, t) + 0.3 * swing(seed, 2, t * 1.71) + 0.2 * swing(seed, 3, t * 2.93);
    }

    private static double swing(long seed, int part, double t) {
        return Math.sin(2 * Math.PI * (t + fraction(seed * 31 + part)));
    }

    /** A number from 0 to 1 that belongs to a seed for ever. */
    static double fraction(long seed) {
        long mixed = (seed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (double) ((mixed ^ (mixed >>> 31)) >>> 11) / (1L << 53);
    }
}
