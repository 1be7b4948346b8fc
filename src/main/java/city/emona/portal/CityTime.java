package city.emona.portal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * How moments are told in a language, by the clocks and the calendar of the city: 26. 6. 2023 ob 14.05 and »pred 4 min«, or 26 June 2023 at
 * 14:05 and »4 min ago«. Spaces inside never break.
 */
public record CityTime(Language language, ZoneId zone) {

    /** The time of day: 14.05, or 14:05. */
    public String time(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        char separator = language == Language.SLOVENE ? '.' : ':';
        return String.format(Locale.ROOT, "%d%c%02d", local.getHour(), separator, local.getMinute());
    }

    /** The day: 26. 6. 2023, or 26 June 2023. */
    public String date(Instant instant) {
        return Format.of(language).date(instant.atZone(zone).toLocalDate());
    }

    /** Day and time: 26. 6. 2023 ob 14.05, or 26 June 2023 at 14:05. */
    public String dateTime(Instant instant) {
        String between = language == Language.SLOVENE ? " ob" : " at";
        return date(instant) + between + Format.NBSP + time(instant);
    }

    /** Day of the week, day and time, as on the head of a newspaper. */
    public String fullMoment(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        String day = local.getDayOfWeek().getDisplayName(TextStyle.FULL, language.locale());
        String comma = language == Language.SLOVENE ? ", " : " ";
        return day + comma + dateTime(instant);
    }

    /** How long ago something was: »pravkar«, »pred 4 min«, »pred 3 h«, »pred 2 dnevoma«, and the day beyond a month. */
    public String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        Texts texts = Texts.of(language);
        if (age.toSeconds() < 60) {
            return texts.text("age.now");
        }
        if (age.toMinutes() < 60) {
            return texts.text("age.minutes", age.toMinutes());
        }
        if (age.toHours() < 24) {
            return texts.text("age.hours", age.toHours());
        }
        if (age.toDays() <= 30) {
            return texts.text("age.days." + Format.of(language).plural(age.toDays()), age.toDays());
        }
        return date(then);
    }
}
