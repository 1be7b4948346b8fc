package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.vertical.Column;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.MapLayer;
import city.emona.vertical.View;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads entities of one view for people: in a language, at a moment. */
final class EntityReadings {
    private static final String MODELS = "https://smartdatamodels.org/";
    private static final String DATA_PROVIDER = MODELS + "dataProvider";
    private static final String ADDRESS = MODELS + "address";
    private static final String LOCATION = "https://uri.etsi.org/ngsi-ld/location";
    private static final String IS_DEMO = "https://emona.city/ns/isDemo";

    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");

    private final View view;
    private final CityTime time;
    private final Language language;
    private final Instant now;
    private final Function<String, Optional<String>> names;

    /** @param names the name of another entity, to which a relationship leads, by its id */
    EntityReadings(View view, CityTime time, Instant now, Function<String, Optional<String>> names) {
        this.view = view;
        this.time = time;
        this.language = time.language();
        this.now = now;
        this.names = names;
    }

    /** How moments are told. */
    CityTime time() {
        return time;
    }

    View view() {
        return view;
    }

    /** The name of an entity; the last part of its id where it has none. */
    String name(Entity entity) {
        return findName(entity).orElseGet(() -> lastPart(entity.id()));
    }

    /** The name of an entity, which may be the name of that to which it leads. */
    Optional<String> findName(Entity entity) {
        return entity.findAttribute(view.nameAttribute())
                .map(Attribute::main)
                .flatMap(instance -> isLink(instance) ? linked(instance.value()) : words(instance.value()));
    }

    private static boolean isLink(AttributeInstance instance) {
        return instance.type() == AttributeType.RELATIONSHIP;
    }

    /** The names of the entities to which a relationship leads. */
    private Optional<String> linked(JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(item -> linked(item).ifPresent(all::add));
            return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
        }
        return value.isString()
                ? Optional.of(names.apply(value.stringValue()).orElseGet(() -> lastPart(value.stringValue())))
                : Optional.empty();
    }

    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf(':') + 1);
    }

    static boolean isDemo(Entity entity) {
        return entity.findValue(IS_DEMO)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(false);
    }

    /** Who provides the entity's values; empty where it does not say. */
    String provider(Entity entity) {
        return entity.findValue(DATA_PROVIDER).flatMap(this::words).orElse("");
    }

    /** Street and number, where the entity has them. */
    Optional<String> address(Entity entity) {
        return entity.findValue(ADDRESS).flatMap(address -> {
            if (!address.isObject()) {
                return words(address);
            }
            String street = address.path("streetAddress").asString("");
            String place = address.path("addressLocality").asString("");
            String both = street.isEmpty() || place.isEmpty() ? street + place : street + ", " + place;
            return both.isEmpty() ? Optional.empty() : Optional.of(both);
        });
    }

    /** Longitude and latitude of an entity; of a line or an area, the middle of its bounds. */
    static Optional<double[]> place(Entity entity) {
        return entity.findValue(LOCATION)
                .map(geometry -> geometry.path("coordinates"))
                .flatMap(EntityReadings::middle);
    }

    private static Optional<double[]> middle(JsonNode coordinates) {
        double[] bounds = {
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        extend(bounds, coordinates);
        return bounds[0] > bounds[2]
                ? Optional.empty()
                : Optional.of(new double[] {(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2});
    }

    private static void extend(double[] bounds, JsonNode coordinates) {
        if (coordinates.size() >= 2 && coordinates.get(0).isNumber()) {
            double longitude = coordinates.get(0).doubleValue();
            double latitude = coordinates.get(1).doubleValue();
            bounds[0] = Math.min(bounds[0], longitude);
            bounds[1] = Math.min(bounds[1], latitude);
            bounds[2] = Math.max(bounds[2], longitude);
            bounds[3] = Math.max(bounds[3], latitude);
        } else {
            coordinates.forEach(inner -> extend(bounds, inner));
        }
    }

    /**
     * When the newest of the values that people see was observed; where none says so, when the newest was written. What is said without a
     * time, such as a name, does not make an entity younger.
     */
    Optional<Instant> observedAt(Entity entity) {
        List<AttributeInstance> shown = view.columns().stream()
                .flatMap(column -> entity.findAttribute(column.attribute()).stream())
                .map(Attribute::main)
                .toList();
        return shown.stream()
                .flatMap(instance -> observedAt(instance).stream())
                .max(Comparator.naturalOrder())
                .or(() -> shown.stream()
                        .map(AttributeInstance::modifiedAt)
                        .filter(millis -> millis > 0)
                        .map(Instant::ofEpochMilli)
                        .max(Comparator.naturalOrder()));
    }

    boolean isStale(Instant observedAt) {
        return observedAt.plus(view.staleAfter()).isBefore(now);
    }

    /** The value of a column. */
    Reading reading(Entity entity, Column column) {
        Optional<Attribute> attribute = entity.findAttribute(column.attribute());
        if (attribute.isEmpty()) {
            return Reading.missing();
        }
        AttributeInstance instance = attribute.get().main();
        Optional<Instant> observedAt = observedAt(instance);
        boolean stale = observedAt.map(this::isStale).orElse(false);
        JsonNode value = instance.value();
        if (value.isNumber()) {
            double number = value.doubleValue();
            return new Reading(
                    Format.of(language).number(number, column.decimals()),
                    column.unit(),
                    OptionalDouble.of(number),
                    observedAt,
                    stale,
                    false,
                    mark(column, number));
        }
        return (isLink(instance) ? linked(value) : words(value, column))
                .map(words ->
                        new Reading(words, "", OptionalDouble.empty(), observedAt, stale, false, Optional.empty()))
                .orElseGet(Reading::missing);
    }

    private Optional<Reading.Mark> mark(Column column, double number) {
        return view.findMap()
                .filter(layer -> layer.colourBy().attribute().equals(column.attribute()))
                .map(layer -> mark(layer, number, language));
    }

    static Reading.Mark mark(MapLayer layer, double number, Language language) {
        return mark(layer, layer.classOf(number), language);
    }

    /** The mark of a class; the colours of few classes are spread over the whole palette. */
    static Reading.Mark mark(MapLayer layer, int index, Language language) {
        int classes = layer.classes().size();
        int colour = classes == 1 ? 3 : 1 + Math.round((float) index * (MapLayer.MAX_CLASSES - 1) / (classes - 1));
        String css = layer.palette().name().toLowerCase(Locale.ROOT) + "-" + colour + " swatch-"
                + layer.shape().name().toLowerCase(Locale.ROOT);
        return new Reading.Mark(
                index, css, language.pick(layer.classes().get(index).name()));
    }

    /** A value that is no number, in the words that its column has for it. */
    Optional<String> words(JsonNode value, Column column) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(item -> words(item, column).ifPresent(all::add));
            return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
        }
        LocalizedText declared = codedText(value, column);
        if (declared != null) {
            return Optional.of(language.pick(declared));
        }
        if (value.isBoolean()) {
            return Optional.of(Texts.of(language).text(value.booleanValue() ? "value.yes" : "value.no"));
        }
        return words(value);
    }

    private static @Nullable LocalizedText codedText(JsonNode value, Column column) {
        String code = value.isContainer() ? "" : value.asString("");
        LocalizedText whole = column.values().get(code);
        int cut = Math.max(code.lastIndexOf('/'), code.lastIndexOf('#'));
        return whole != null || cut < 0 ? whole : column.values().get(code.substring(cut + 1));
    }

    /** Text as it is, or a language map's text in the page's language or the next best. */
    private Optional<String> words(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(findMoment(text).orElse(text));
        }
        if (value.isNumber()) {
            return Optional.of(value.asString());
        }
        if (value.path("@value").isString()) {
            return words(value.path("@value"));
        }
        if (value.isObject()) {
            for (String tag : List.of(language.tag(), language.other().tag(), "@none")) {
                if (value.path(tag).isString()) {
                    return Optional.of(value.path(tag).stringValue());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> findMoment(String text) {
        if (!MOMENT.matcher(text).matches()) {
            return Optional.empty();
        }
        return parse(text).map(time::dateTime);
    }

    private static Optional<Instant> parse(String dateTime) {
        try {
            return Optional.of(OffsetDateTime.parse(dateTime).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> observedAt(AttributeInstance instance) {
        return Optional.ofNullable(instance.observedAt()).flatMap(EntityReadings::parse);
    }
}
