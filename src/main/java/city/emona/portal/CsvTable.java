package city.emona.portal;

import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.vertical.Column;
import city.emona.vertical.View;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The entities of a view as CSV for programs: values as they are, with a decimal point and ISO times, whatever the language of
 * the heads.
 */
final class CsvTable {
    private CsvTable() {}

    static byte[] of(EntityReadings readings, List<Entity> entities, Language language) {
        View view = readings.view();
        Csv csv = new Csv();
        List<String> heads = new ArrayList<>(List.of("id", Texts.of(language).text("table.name"), "lon", "lat"));
        for (Column column : view.columns()) {
            String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
            heads.add(language.pick(column.title()) + unit);
        }
        heads.add(Texts.of(language).text("table.observed"));
        csv.line(heads);
        for (Entity entity : entities) {
            double[] place = EntityReadings.place(entity).orElse(new double[0]);
            List<String> cells = new ArrayList<>(List.of(
                    entity.id(),
                    readings.name(entity),
                    place.length < 2 ? "" : Double.toString(place[0]),
                    place.length < 2 ? "" : Double.toString(place[1])));
            view.columns().forEach(column -> cells.add(cell(entity, column)));
            cells.add(readings.observedAt(entity).map(Object::toString).orElse(""));
            csv.line(cells);
        }
        return csv.bytes();
    }

    private static String cell(Entity entity, Column column) {
        return entity.findAttribute(column.attribute())
                .map(attribute -> attribute.main())
                .map(AttributeInstance::value)
                .map(value -> value.path("@value").isString() ? value.path("@value") : value)
                .map(CsvTable::text)
                .orElse("");
    }

    /** A value as a cell has it: what is no plain value, as JSON. */
    static String text(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString("");
    }
}
