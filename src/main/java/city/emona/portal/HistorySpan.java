package city.emona.portal;

import city.emona.http.QueryParameters;
import city.emona.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a history is shown.
 *
 * @param to behind the last moment
 * @param preset null for a span of the reader's own
 * @param zone where the city's clocks are
 */
record HistorySpan(Instant from, Instant to, @Nullable Preset preset, ZoneId zone) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?");
    private static final Instant EARLIEST = Instant.parse("1899-12-31T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2201-01-01T00:00:00Z");

    /** The spans that the page offers; each ends now. */
    enum Preset {
        HOUR("1h", Duration.ofHours(1), Period.ZERO),
        DAY("24h", Duration.ZERO, Period.ofDays(1)),
        WEEK("7d", Duration.ZERO, Period.ofDays(7)),
        MONTH("30d", Duration.ZERO, Period.ofDays(30)),
        YEAR("1y", Duration.ZERO, Period.ofYears(1));

        private final String code;
        private final Duration time;
        private final Period dates;

        Preset(String code, Duration time, Period dates) {
            this.code = code;
            this.time = time;
            this.dates = dates;
        }

        /** The word in the address. */
        String code() {
            return code;
        }
    }

    HistorySpan {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a history is shown from " + from + " to " + to);
        }
    }

    static HistorySpan of(Preset preset, Instant end, ZoneId zone) {
        Instant begin = end.atZone(zone).minus(preset.dates).toInstant().minus(preset.time);
        return new HistorySpan(begin, end, preset, zone);
    }

    /**
     * The span that an address asks for by {@code from} and {@code to}, or by {@code range}; a day where it asks for none.
     *
     * @param end where spans end that do not say so
     * @throws Problem of type InvalidRequest, in the language of the texts
     */
    static HistorySpan read(QueryParameters query, Instant end, ZoneId zone, Texts texts) {
        Optional<String> from = query.find("from").filter(text -> !text.isBlank());
        Optional<String> to = query.find("to").filter(text -> !text.isBlank());
        if (from.isEmpty() && to.isEmpty()) {
            return of(query.find("range").map(code -> preset(code, texts)).orElse(Preset.DAY), end, zone);
        }
        if (from.isEmpty()) {
            throw Problem.invalidRequest(texts.text("history.wrong.noFrom"), texts.text("history.wrong.noFromRemedy"));
        }
        Instant begin = moment("from", from.get(), false, zone, texts);
        Instant stop = to.map(text -> moment("to", text, true, zone, texts)).orElse(end);
        if (!begin.isBefore(stop)) {
            throw Problem.invalidRequest(texts.text("history.wrong.order"), texts.text("history.wrong.orderRemedy"));
        }
        return new HistorySpan(begin, stop, null, zone);
    }

    private static Preset preset(String code, Texts texts) {
        for (Preset preset : Preset.values()) {
            if (preset.code.equals(code)) {
                return preset;
            }
        }
        throw Problem.invalidRequest(texts.text("history.wrong.range", code), texts.text("history.wrong.rangeRemedy"));
    }

    /**
     * A moment as a form or a program writes it: a day or a time of the city, or a time with its offset.
     *
     * @param asEnd whether a day means its end
     * @throws Problem of type InvalidRequest, in the language of the texts
     */
    static Instant moment(String name, String text, boolean asEnd, ZoneId zone, Texts texts) {
        try {
            Instant moment;
            if (DAY.matcher(text).matches()) {
                LocalDate day = LocalDate.parse(text);
                moment = (asEnd ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
            } else if (MINUTE.matcher(text).matches()) {
                moment = LocalDateTime.parse(text).atZone(zone).toInstant();
            } else {
                moment = OffsetDateTime.parse(text).toInstant();
            }
            if (moment.isAfter(EARLIEST) && moment.isBefore(LATEST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // told below, with the same words as a time that is too far away
        }
        throw Problem.invalidRequest(
                texts.text("history.wrong.moment", name, text), texts.text("history.wrong.momentRemedy"));
    }

    /** The day of the city on which the span begins. */
    LocalDate firstDay() {
        return from.atZone(zone).toLocalDate();
    }

    /** The day of the city on which the span ends. */
    LocalDate lastDay() {
        ZonedDateTime last = to.minusNanos(1_000).atZone(zone);
        return last.toLocalDate();
    }

    /** How moments in it are told. */
    CityTime time(Language language) {
        return new CityTime(language, zone);
    }

    long fromMicros() {
        return micros(from);
    }

    long toMicros() {
        return micros(to);
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** How far a time is into the span: 0 at its beginning, 1 at its end. */
    double share(long micros) {
        return (double) (micros - fromMicros()) / (toMicros() - fromMicros());
    }
}
