package city.emona.vertical.rule;

import city.emona.context.Entity;
import city.emona.time.Timestamps;
import city.emona.vertical.Column;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Vertical;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Fills the values of an entity into the message of a rule. */
final class Wording {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
    private static final char NBSP = '\u00a0';
    private static final char MINUS = '\u2212';
    private static final int DECIMALS = 2;
    private static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");
    private static final DateTimeFormatter SLOVENE =
            DateTimeFormatter.ofPattern("d. M. uuuu 'ob' H.mm", Locale.of("sl")).withZone(ZONE);
    private static final DateTimeFormatter ENGLISH =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' H:mm", Locale.UK).withZone(ZONE);
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*(Z|[-+]\\d\\d:\\d\\d)");

    private Wording() {}

    static LocalizedText message(Watch watch, Entity entity) {
        LocalizedText message = watch.rule().message();
        return new LocalizedText(filled(message.sl(), watch, entity, "sl"), filled(message.en(), watch, entity, "en"));
    }

    private static String filled(String text, Watch watch, Entity entity, String language) {
        Map<String, String> names = watch.rule().placeholders();
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        value(watch.vertical(), entity, names.getOrDefault(found.group(1), ""), language)));
    }

    /** The value of an attribute in words; a dash where there is none. */
    static String value(Vertical vertical, Entity entity, String attribute, String language) {
        Optional<Column> column = column(vertical, attribute);
        return entity.findValue(attribute)
                .map(value -> value.isNumber()
                        ? number(value.decimalValue(), column, language)
                        : text(value, column, language))
                .orElse("–");
    }

    /** How an attribute is shown to people, where a view says so. */
    static Optional<Column> column(Vertical vertical, String attribute) {
        return vertical.views().stream()
                .flatMap(view -> view.columns().stream())
                .filter(column -> column.attribute().equals(attribute))
                .findFirst();
    }

    private static String number(BigDecimal value, Optional<Column> column, String language) {
        BigDecimal rounded = value.setScale(column.map(Column::decimals).orElse(DECIMALS), RoundingMode.HALF_UP);
        String digits = rounded.stripTrailingZeros().abs().toPlainString();
        String written = (rounded.signum() < 0 ? String.valueOf(MINUS) : "")
                + (language.equals("sl") ? digits.replace('.', ',') : digits);
        String unit = column.map(Column::unit).orElse("");
        return unit.isEmpty() ? written : written + NBSP + unit;
    }

    private static String text(JsonNode value, Optional<Column> column, String language) {
        if (value.isObject()) {
            // a language property, or a value with a type of its own
            JsonNode own = value.path(language);
            return own.isMissingNode()
                    ? value.path("@value").asString(value.path("sl").asString("–"))
                    : own.asString("–");
        }
        String plain = value.asString("–");
        return column.map(found -> found.values().get(plain))
                .map(word -> word.in(language))
                .orElseGet(() -> moment(plain, language).orElse(plain));
    }

    private static Optional<String> moment(String text, String language) {
        OptionalLong millis = MOMENT.matcher(text).matches() ? Timestamps.parse(text) : OptionalLong.empty();
        return millis.isEmpty()
                ? Optional.empty()
                : Optional.of(moment(Instant.ofEpochMilli(millis.getAsLong()), language));
    }

    /** A moment as people of the city tell it. */
    static String moment(Instant at, String language) {
        return (language.equals("sl") ? SLOVENE : ENGLISH).format(at);
    }
}
