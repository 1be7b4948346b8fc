package city.emona.vertical;

import city.emona.context.TermTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a view; see {@link View} for what its members mean. */
final class ViewReader {
    private final TermTable terms;
    private final Predicate<String> isDefined;
    private final Map<String, Column> columns = new HashMap<>();

    /** @param isDefined whether the vertical's context, or the core context, defines a term */
    ViewReader(TermTable terms, Predicate<String> isDefined) {
        this.terms = terms;
        this.isDefined = isDefined;
    }

    Optional<View> read(YamlMap map, Models models) {
        String typeTerm = map.text("type");
        if (models.findType(typeTerm).isEmpty()) {
            map.finding("type", "»" + typeTerm + "« is not a type of this vertical.", "Use one of models.types.");
        }
        LocalizedText title = map.localized("title");
        CountedNoun noun = noun(map);
        String nameAttribute = attribute(map, "name");
        var staleAfter = map.duration("staleAfter");
        List<Column> listed = map.maps("columns", this::column);
        List<KeyFigure> keyFigures = map.maps("keyFigures", this::keyFigure);
        Optional<MapLayer> layer = map.findMap("map").flatMap(this::layer);
        return map.make(() -> new View(
                terms.expand(typeTerm),
                typeTerm,
                title,
                noun,
                nameAttribute,
                staleAfter,
                listed,
                keyFigures,
                layer.orElse(null)));
    }

    private static CountedNoun noun(YamlMap view) {
        return view.map("noun")
                .flatMap(map -> {
                    List<String> sl = map.texts("sl");
                    List<String> en = map.texts("en");
                    map.done();
                    return map.make(() -> new CountedNoun(sl, en));
                })
                .orElse(new CountedNoun(List.of("?", "?", "?", "?"), List.of("?", "?")));
    }

    private String attribute(YamlMap map, String key) {
        String term = map.text(key);
        if (map.has(key) && !isDefined.test(term)) {
            map.finding(
                    key, "»" + term + "« is not a term of the vertical's context.", "Use a term of models.context.");
        }
        return terms.expand(term);
    }

    private Optional<Column> column(YamlMap map) {
        String attribute = attribute(map, "attribute");
        String term = map.text("attribute");
        LocalizedText title = map.localized("title");
        String unit = map.findText("unit").orElse("");
        int decimals = map.wholeNumber("decimals", 0);
        Map<String, LocalizedText> values =
                map.findMap("values").map(YamlMap::allLocalized).orElse(Map.of());
        boolean inTable = map.flag("table", true);
        List<Column.Limit> limits = map.maps("limits", ViewReader::limit);
        Optional<Column> column =
                map.make(() -> new Column(attribute, term, title, unit, decimals, values, inTable, limits));
        column.ifPresent(made -> columns.put(term, made));
        return column;
    }

    private static Optional<Column.Limit> limit(YamlMap map) {
        LocalizedText name = map.localized("name");
        map.text("value");
        return map.findNumber("value").flatMap(value -> map.make(() -> new Column.Limit(value, name)));
    }

    private Optional<Column> findColumn(YamlMap map, String key) {
        return map.findText(key).flatMap(term -> {
            Column column = columns.get(term);
            if (column == null) {
                map.finding(key, "The view has no column »" + term + "«.", "Add it to the columns, or use another.");
            }
            return Optional.ofNullable(column);
        });
    }

    private Optional<KeyFigure> keyFigure(YamlMap map) {
        String id = map.text("id");
        LocalizedText title = map.localized("title");
        Aggregate aggregate = map.oneOf("aggregate", Aggregate.class);
        Optional<Column> column = findColumn(map, "column");
        Optional<Double> from = map.findNumber("from");
        Optional<Double> below = map.findNumber("below");
        KeyFigure.Range range = from.isPresent() || below.isPresent()
                ? new KeyFigure.Range(from.orElse(null), below.orElse(null))
                : null;
        String unit = map.findText("unit").orElse("");
        int decimals = map.wholeNumber("decimals", 0);
        boolean onHome = map.flag("home", false);
        return map.make(() -> new KeyFigure(id, title, aggregate, column.orElse(null), range, unit, decimals, onHome));
    }

    private Optional<MapLayer> layer(YamlMap map) {
        MapLayer.Shape shape = map.oneOf("shape", MapLayer.Shape.class);
        MapLayer.Palette palette = map.oneOf("palette", MapLayer.Palette.class);
        map.text("colourBy");
        Optional<Column> colourBy = findColumn(map, "colourBy");
        Optional<Column> sizeBy = findColumn(map, "sizeBy");
        Optional<Column> labelBy = findColumn(map, "labelBy");
        List<MapLayer.ValueClass> classes = map.maps(
                "classes",
                item -> Optional.of(
                        new MapLayer.ValueClass(item.findNumber("below").orElse(null), item.localized("name"))));
        map.done();
        return colourBy.flatMap(column -> map.make(
                () -> new MapLayer(shape, column, palette, classes, sizeBy.orElse(null), labelBy.orElse(null))));
    }
}
