package city.emona.vertical.mapping;

import city.emona.geo.ReferenceSystem;
import city.emona.vertical.LocalizedText;
import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a mapping has besides those of JSONata. Each gives nothing for nothing.
 *
 * <ul>
 *   <li>{@code $utc(local)}: a local time of Slovenia in UTC
 *   <li>{@code $date(text)}: a day in the notations of Slovene tables as {@code 2026-01-07}
 *   <li>{@code $instant(time)}: POSIX seconds, RFC 3339 or RFC 1123, in UTC
 *   <li>{@code $measured(text)}: a measured value as members of a Property; nothing for an empty text; half of the limit and
 *       {@code belowDetectionLimit} for {@code <1}
 *   <li>{@code $decimal(text)}: a number written with a decimal comma or point, and blanks or points between thousands; nothing for an
 *       empty text; the record is rejected for anything else. {@code $decimal(text, ',')} takes every point for one between thousands
 *   <li>{@code $point(east, north, code)}: a Point in WGS 84 from coordinates in EPSG:4326, 3857, 3794, 3912 and a few others; outside of
 *       the area of the system, or with east and north exchanged, the record is rejected
 *   <li>{@code $titleCase(text)}: a place name in capitals, as Slovene writes it
 *   <li>{@code $uriPart(text)}: a text as part of a URN
 *   <li>{@code $require(value, name)}: the value, or the record is rejected
 *   <li>{@code $reject(sl, en)}: rejects the record
 *   <li>{@code $note(sl, en)}: gives nothing, and notes that something was left out
 *   <li>{@code $withoutPersonalData(text, language)}: an object with the {@code text} without personal data, how much was {@code removed}, and
 *       of which {@code kinds}; see {@link PersonalData}
 * </ul>
 */
final class MappingFunctions {
    private static final Pattern BELOW_LIMIT = Pattern.compile("<\\s*(\\d+(?:[.,]\\d+)?)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:[.,]\\d+)?");

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?\\d{1,3}([. \u00a0]?\\d{3})*(,\\d+)?|[-+]?\\d+(\\.\\d+)?");

    /** What is missing of so many arguments is null. */
    static final int MOST_ARGUMENTS = 3;

    private MappingFunctions() {}

    static void bind(Jsonata.Frame frame, List<LocalizedText> notes) {
        frame.bind("utc", ofText(LocalTimes::utc));
        frame.bind("date", ofText(LocalTimes::date));
        frame.bind("instant", of(LocalTimes::instant));
        frame.bind("titleCase", ofText(PlaceNames::titleCase));
        frame.bind("uriPart", ofText(MappingFunctions::uriPart));
        frame.bind("decimal", function(args -> decimal(args.getFirst(), args.get(1))));
        frame.bind("point", function(args -> point(args.getFirst(), args.get(1), args.get(2))));
        frame.bind("measured", of(value -> measured(value, notes)));
        frame.bind("withoutPersonalData", function(args -> withoutPersonalData(args.getFirst(), args.get(1))));
        frame.bind("require", function(args -> require(args.getFirst(), args.get(1))));
        frame.bind("reject", function(args -> {
            throw new RecordRejected(text(args.getFirst()), text(args.get(1)));
        }));
        frame.bind("note", function(args -> {
            notes.add(new LocalizedText(text(args.getFirst()), text(args.get(1))));
            return null;
        }));
    }

    /** A function of the library, to which missing arguments, and the null of JSON, are null. */
    static Jsonata.JFunction function(ExpressionFunction body) {
        return new Jsonata.JFunction(
                (_, args) -> {
                    @SuppressWarnings("unchecked") // because: the library gives a raw list
                    List<@Nullable Object> values = new ArrayList<@Nullable Object>(args);
                    values.replaceAll(value -> Jsonata.NULL_VALUE.equals(value) ? null : value);
                    while (values.size() < MOST_ARGUMENTS) {
                        values.add(null);
                    }
                    return body.apply(values);
                },
                null);
    }

    private static Jsonata.JFunction of(Function<Object, @Nullable Object> body) {
        return function(args -> {
            Object value = args.getFirst();
            return value == null ? null : body.apply(value);
        });
    }

    private static Jsonata.JFunction ofText(Function<String, @Nullable Object> body) {
        return of(value -> {
            String text = value.toString().strip();
            return text.isEmpty() ? null : body.apply(text);
        });
    }

    private static String text(@Nullable Object value) {
        return value == null ? "?" : value.toString();
    }

    private static @Nullable Object withoutPersonalData(@Nullable Object value, @Nullable Object language) {
        if (isNothing(value)) {
            return null;
        }
        Locale locale = Locale.forLanguageTag(language == null ? "sl" : language.toString());
        PersonalData.Cleaned cleaned = PersonalData.clean(String.valueOf(value).strip(), locale);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("text", cleaned.text());
        result.put("removed", cleaned.count());
        result.put(
                "kinds",
                cleaned.removed().keySet().stream()
                        .map(PersonalData.Kind::code)
                        .sorted()
                        .toList());
        return result;
    }

    private static Object require(@Nullable Object value, @Nullable Object name) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw new RecordRejected(
                    "Manjka polje »" + text(name) + "«.", "The field »" + text(name) + "« is missing.");
        }
        return value;
    }

    /** With a mark, the other of point and comma stands between thousands; without one, a single point is a decimal point. */
    private static @Nullable Number decimal(@Nullable Object value, @Nullable Object mark) {
        if (isNothing(value)) {
            return null;
        }
        String text = String.valueOf(value).strip();
        return switch (mark == null ? "" : mark.toString()) {
            case "," -> decimal(value instanceof Number ? text : text.replace(".", ""));
            case "." -> decimal(text.replace(",", ""));
            case "" -> decimal(text);
            default ->
                throw new RecordRejected("»" + mark + "« ni decimalno ločilo.", "»" + mark + "« is no decimal mark.");
        };
    }

    private static Number decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new RecordRejected("»" + text + "« ni število.", "»" + text + "« is not a number.");
        }
        boolean point = text.matches("[-+]?\\d+\\.\\d+");
        String plain = point ? text : text.replaceAll("[. \u00a0]", "").replace(',', '.');
        return number(new BigDecimal(plain));
    }

    private static @Nullable Object point(@Nullable Object east, @Nullable Object north, @Nullable Object code) {
        if (isNothing(east) || isNothing(north)) {
            return null;
        }
        String wanted = code == null ? "4326" : code.toString();
        ReferenceSystem system = (wanted.matches("\\d{4,6}")
                        ? ReferenceSystem.find(Integer.parseInt(wanted))
                        : Optional.<ReferenceSystem>empty())
                .orElseThrow(() -> new RecordRejected(
                        "Koordinatni sistem »" + wanted + "« ni poznan.",
                        "The reference system »" + wanted + "« is not known."));
        try {
            ReferenceSystem.Position position = system.toWgs84(coordinate(east), coordinate(north));
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("type", "Point");
            point.put("coordinates", List.of(position.longitude(), position.latitude()));
            return point;
        } catch (IllegalArgumentException e) {
            throw new RecordRejected(
                    "Koordinate niso v redu: " + e.getMessage() + ".",
                    "The coordinates are not right: " + e.getMessage() + ".");
        }
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.toString().isBlank();
    }

    private static double coordinate(@Nullable Object value) {
        return value instanceof Number number
                ? number.doubleValue()
                : decimal(String.valueOf(value).strip()).doubleValue();
    }

    private static String uriPart(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    private static @Nullable Object measured(Object value, List<LocalizedText> notes) {
        if (value instanceof Number number) {
            return property(new BigDecimal(number.toString()));
        }
        String text = value.toString().strip();
        if (text.isEmpty()) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            return property(new BigDecimal(text.replace(',', '.')));
        }
        Matcher below = BELOW_LIMIT.matcher(text);
        if (below.matches()) {
            BigDecimal limit = new BigDecimal(below.group(1).replace(',', '.'));
            Map<String, Object> property = property(limit.divide(BigDecimal.TWO));
            property.put("belowDetectionLimit", true);
            property.put("detectionLimit", number(limit));
            return property;
        }
        notes.add(new LocalizedText("»" + text + "« ni število.", "»" + text + "« is not a number."));
        return null;
    }

    private static Map<String, Object> property(BigDecimal value) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("value", number(value));
        return property;
    }

    /** JSONata compares and computes with these two kinds of numbers. */
    private static Number number(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0
                        && value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                ? (Number) value.intValue()
                : (Number) value.doubleValue();
    }
}
