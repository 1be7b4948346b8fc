package city.emona.portal;

import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.portal.MapView.LegendEntry;
import city.emona.portal.MapView.Point;
import city.emona.vertical.Column;
import city.emona.vertical.MapLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts entities on maps. */
final class MapLayers {
    private static final double PLAIN_RADIUS = 8;
    private static final double SMALLEST_RADIUS = 4.5;
    private static final double LARGEST_RADIUS = 11;

    private final EntityReadings readings;
    private final MapLayer declared;
    private final Language language;

    MapLayers(EntityReadings readings, MapLayer declared, Language language) {
        this.readings = readings;
        this.declared = declared;
        this.language = language;
    }

    MapView.Layer layer(String id, String title, String tableHref, String dataHref, List<Entity> entities) {
        Column subject = declared.colourBy();
        String unit = subject.unit().isEmpty() ? "" : ", " + subject.unit();
        List<Point> points = points(entities);
        return new MapView.Layer(
                id, title, language.pick(subject.title()) + unit, tableHref, dataHref, legend(points), points);
    }

    /** The classes, each with how many entities it has; those without a value come last. */
    private List<LegendEntry> legend(List<Point> points) {
        List<LegendEntry> legend = new ArrayList<>();
        for (int i = 0; i < declared.classes().size(); i++) {
            Reading.Mark mark = EntityReadings.mark(declared, i, language);
            legend.add(new LegendEntry(mark.css(), mark.word(), count(points, i)));
        }
        if (points.stream().anyMatch(point -> point.classIndex() < 0)) {
            String css = "class-missing swatch-" + declared.shape().name().toLowerCase(Locale.ROOT);
            legend.add(new LegendEntry(css, Texts.of(language).text("map.without"), count(points, -1)));
        }
        return legend;
    }

    private String count(List<Point> points, int classIndex) {
        return Format.of(language)
                .number(points.stream()
                        .filter(point -> point.classIndex() == classIndex)
                        .count());
    }

    List<Point> points(List<Entity> entities) {
        double largest = declared.findSizeBy().stream()
                .flatMap(size -> entities.stream()
                        .map(entity -> readings.reading(entity, size).number().orElse(0)))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        List<Point> points = new ArrayList<>();
        for (Entity entity : entities) {
            EntityReadings.place(entity).ifPresent(place -> points.add(point(entity, place, largest)));
        }
        return points;
    }

    Optional<Point> point(Entity entity) {
        return EntityReadings.place(entity).map(place -> point(entity, place, 0));
    }

    private Point point(Entity entity, double[] place, double largest) {
        Column subject = declared.colourBy();
        Reading reading = readings.reading(entity, subject);
        String word = reading.mark().map(mark -> ", " + mark.word()).orElse("");
        String value = reading.isMissing() ? Texts.of(language).text("value.missing") : reading.full() + word;
        return new Point(
                entity.id(),
                EntityAddress.href(language, entity.id()),
                readings.name(entity),
                language.pick(subject.title()) + ": " + value,
                place[0],
                place[1],
                declared.shape().name().toLowerCase(Locale.ROOT),
                reading.mark().map(Reading.Mark::css).orElse("class-missing"),
                reading.mark().map(Reading.Mark::index).orElse(-1),
                radius(entity, largest),
                declared.findLabelBy()
                        .map(label -> readings.reading(entity, label).text())
                        .orElse(""));
    }

    private double radius(Entity entity, double largest) {
        OptionalDouble size = declared.findSizeBy()
                .map(column -> readings.reading(entity, column).number())
                .orElse(OptionalDouble.empty());
        if (largest <= 0 || size.isEmpty()) {
            return PLAIN_RADIUS;
        }
        double share = Math.sqrt(Math.max(0, size.getAsDouble()) / largest);
        return SMALLEST_RADIUS + (LARGEST_RADIUS - SMALLEST_RADIUS) * share;
    }

    /** The points for the living map. */
    static byte[] geoJson(List<Point> points) {
        ArrayNode features = Json.array();
        for (Point point : points) {
            ObjectNode properties = Json.object()
                    .put("id", point.id())
                    .put("href", point.href())
                    .put("name", point.name())
                    .put("text", point.text())
                    .put("shape", point.shape())
                    .put("colour", point.css().split(" ", 2)[0])
                    .put("radius", point.radius())
                    .put("label", point.label());
            features.add(
                    BaseMap.feature("Point", Json.array().add(point.longitude()).add(point.latitude()), properties));
        }
        ObjectNode collection = Json.object().put("type", "FeatureCollection");
        collection.set("features", features);
        return Json.bytes(collection);
    }
}
