package city.emona.vertical.demo;

import city.emona.vertical.mapping.ExpressionFunction;
import city.emona.vertical.mapping.RecordRejected;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the expressions of the demo city have at one moment. A time is RFC 3339 or POSIX seconds and may be left out: then it is
 * the moment. A seed is any text or number.
 *
 * <ul>
 *   <li>{@code $hour(time)}, {@code $work(time)}, {@code $inCentre(time)}, {@code $traffic(time)}, {@code $sun(time)},
 *       {@code $heating(time)}: the rhythm of the city, see {@link Rhythm}
 *   <li>{@code $wander(seed, seconds, time)}: a smooth wandering between −1 and 1, one swing in about so many seconds
 *   <li>{@code $chance(seed, seconds, time)}: a number from 0 to 1 that stays the same for so many seconds, or for ever
 *   <li>{@code $tick(seconds, seed, time)}: when the last span of so many seconds began; with a seed, the one of {@code $chance}
 *   <li>{@code $ago(span, time)}, {@code $ahead(span, time)}: a time before or behind; a span is ISO 8601 or seconds
 *   <li>{@code $local(pattern, time)}: local time as text; {@code $epoch(time)}: POSIX seconds
 *   <li>{@code $xml(text)}: the text as it stands in XML
 * </ul>
 */
final class DemoFunctions {
    private static final int MAX_PATTERN = 60;

    private final Instant moment;
    private final Map<String, DateTimeFormatter> patterns = new HashMap<>();

    /** @param moment the time of which the functions tell */
    DemoFunctions(Instant moment) {
        this.moment = moment;
    }

    Map<String, ExpressionFunction> all() {
        Map<String, ExpressionFunction> all = new HashMap<>();
        all.put("hour", ofTime(Rhythm::hour));
        all.put("work", ofTime(Rhythm::work));
        all.put("inCentre", ofTime(Rhythm::inCentre));
        all.put("traffic", ofTime(Rhythm::traffic));
        all.put("sun", ofTime(Rhythm::sun));
        all.put("heating", ofTime(Rhythm::heating));
        all.put("wander", args -> Rhythm.wander(seed(args.getFirst()), seconds(args.get(1)), time(args.get(2))));
        all.put("chance", args -> chance(args.getFirst(), args.get(1), time(args.get(2))));
        all.put(
                "tick",
                args -> tick(seconds(args.getFirst()), args.get(1), time(args.get(2)))
                        .toString());
        all.put("ago", args -> time(args.get(1)).minus(span(args.getFirst())).toString());
        all.put("ahead", args -> time(args.get(1)).plus(span(args.getFirst())).toString());
        all.put("local", args -> pattern(args.getFirst()).format(time(args.get(1))));
        all.put("epoch", args -> number(time(args.getFirst()).getEpochSecond()));
        all.put(
                "xml",
                args -> args.getFirst() == null ? null : xml(args.getFirst().toString()));
        all.put("now", _ -> moment.toString());
        all.put("millis", _ -> number(moment.toEpochMilli()));
        all.put("random", _ -> notHere("$random"));
        all.put("shuffle", _ -> notHere("$shuffle"));
        return all;
    }

    private static Object notHere(String function) {
        throw new RecordRejected(
                "Funkcije " + function + " tu ni, saj je predstavitev odvisna le od časa; uporabite $chance.",
                "There is no " + function + " here, as a demo depends on the time alone; use $chance.");
    }

    private ExpressionFunction ofTime(ToDoubleFunction<Instant> rhythm) {
        return args -> rhythm.applyAsDouble(time(args.getFirst()));
    }

    private Instant time(@Nullable Object value) {
        if (value == null) {
            return moment;
        }
        try {
            return value instanceof Number seconds
                    ? Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000))
                    : OffsetDateTime.parse(value.toString()).toInstant();
        } catch (DateTimeException _) {
            throw new RecordRejected("»" + value + "« ni čas.", "»" + value + "« is not a time.");
        }
    }

    private static double seconds(@Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() > 0) {
            return number.doubleValue();
        }
        throw new RecordRejected("»" + value + "« ni število sekund.", "»" + value + "« is not a number of seconds.");
    }

    private static Duration span(@Nullable Object value) {
        try {
            return value instanceof Number seconds
                    ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
                    : Duration.parse(String.valueOf(value));
        } catch (DateTimeException _) {
            throw new RecordRejected(
                    "»" + value + "« ni trajanje, kakršno je PT10M.", "»" + value + "« is not a span such as PT10M.");
        }
    }

    private DateTimeFormatter pattern(@Nullable Object value) {
        String text = String.valueOf(value);
        if (text.length() > MAX_PATTERN) {
            throw notAPattern(text);
        }
        return patterns.computeIfAbsent(text, pattern -> {
            try {
                return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(Rhythm.ZONE);
            } catch (IllegalArgumentException _) {
                throw notAPattern(pattern);
            }
        });
    }

    private static RecordRejected notAPattern(String text) {
        return new RecordRejected(
                "»" + text + "« ni vzorec za čas, kakršen je yyyy-MM-dd HH:mm.",
                "»" + text + "« is not a pattern of times such as yyyy-MM-dd HH:mm.");
    }

    /** The same number for the same text or number; FNV-1a of a text. */
    private static long seed(@Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        long hash = 0xcbf29ce484222325L;
        for (byte one : String.valueOf(value).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    private static double chance(@Nullable Object seed, @Nullable Object seconds, Instant at) {
        return seconds == null
                ? Rhythm.fraction(seed(seed))
                : Rhythm.fraction(seed(seed) * 1_000_003
                        + tick(seconds(seconds), seed, at).toEpochMilli());
    }

    /** The spans of a seed are shifted by whole seconds, so that not everything happens at the same moment. */
    private static Instant tick(double seconds, @Nullable Object seed, Instant at) {
        long span = Math.max(1, Math.round(seconds * 1000));
        long shift = seed == null ? 0 : ((long) (Rhythm.fraction(seed(seed) ^ span) * span / 1000)) * 1000;
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli() - shift, span) * span + shift);
    }

    /** JSONata computes with these two kinds of numbers. */
    private static Number number(long value) {
        return value == (int) value ? (Number) (int) value : (Number) (double) value;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
