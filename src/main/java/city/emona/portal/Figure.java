package city.emona.portal;

import java.time.Instant;
import java.util.Optional;

/**
 * A key figure as a person reads it.
 *
 * @param title what the number says
 * @param value the number, or a dash
 * @param unit behind it; empty for none
 * @param isStale whether only values older than they may be stand behind it
 * @param isMissing whether no value stands behind it
 * @param isDemo whether demo values stand behind it
 * @param observedAt when the newest value behind it was observed
 * @param age the same in words
 * @param source who provides the values, and how many stand behind it
 * @param place where the highest or lowest value is
 * @param word the class of the value on the map
 */
public record Figure(
        String id,
        String title,
        String value,
        String unit,
        boolean isStale,
        boolean isMissing,
        boolean isDemo,
        Optional<Instant> observedAt,
        String age,
        String source,
        Optional<Link> place,
        Optional<Reading.Mark> word) {}
