package city.emona.vertical;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the entities of one type are shown to people: what they are called, on the map, in numbers and in a table.
 *
 * @param type the expanded type of the entities
 * @param typeTerm the type's short name, for examples of the API
 * @param title what they are together: »Merilna mesta«
 * @param noun what one is: postaja, postaji, postaje, postaj
 * @param nameAttribute the expanded name of the attribute that names an entity
 * @param staleAfter older values are shown as stale
 * @param columns in the order of the table and of the entity's page
 * @param map null when the entities have no place
 */
public record View(
        String type,
        String typeTerm,
        LocalizedText title,
        CountedNoun noun,
        String nameAttribute,
        Duration staleAfter,
        List<Column> columns,
        List<KeyFigure> keyFigures,
        @Nullable MapLayer map) {
    public View {
        columns = List.copyOf(columns);
        keyFigures = List.copyOf(keyFigures);
        if (staleAfter.isNegative() || staleAfter.isZero()) {
            throw new IllegalArgumentException("the view of " + typeTerm + " must let values live for some time");
        }
    }

    public Optional<MapLayer> findMap() {
        return Optional.ofNullable(map);
    }

    /** A column by its short name. */
    public Optional<Column> findColumn(String term) {
        return columns.stream().filter(c -> c.term().equals(term)).findFirst();
    }
}
