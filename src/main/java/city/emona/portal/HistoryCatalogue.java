package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.problem.Problem;
import city.emona.store.Series;
import city.emona.store.SeriesSelector;
import city.emona.store.TimeProperty;
import city.emona.vertical.Column;
import city.emona.vertical.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which series one entity has, and what they are called. */
final class HistoryCatalogue {
    private final KnownEntity known;
    private final EntityReadings readings;
    private final boolean isDeclared;
    private final Set<String> observed = new HashSet<>();
    private final Set<String> attributes = new LinkedHashSet<>();
    private final List<Column> columns;

    HistoryCatalogue(KnownEntity known, Desk desk, Language language) {
        this.known = known;
        Optional<Desk.Showing> showing = desk.findShowing(known.entity());
        this.isDeclared = showing.isPresent();
        View view = showing.map(Desk.Showing::view).orElseGet(() -> UndeclaredView.of(known.entity()));
        this.readings = desk.readings(view, language);
        known.entity().attributes().stream().map(Attribute::name).forEach(attributes::add);
        for (Series series : desk.entities().lastObservations(known.id())) {
            observed.add(series.attribute());
            attributes.add(series.attribute());
        }
        attributes.remove(SeriesSelector.SCOPE);
        this.columns = isDeclared
                ? view.columns().stream()
                        .filter(column -> attributes.contains(column.attribute()))
                        .toList()
                : attributes.stream().map(UndeclaredView::column).toList();
    }

    KnownEntity known() {
        return known;
    }

    EntityReadings readings() {
        return readings;
    }

    /** What can be looked at, as people call it. */
    List<Column> columns() {
        return columns;
    }

    /** The word for a column in the address: its short name where no other has the same. */
    String word(Column column) {
        boolean isTwice = columns.stream()
                .anyMatch(other -> !other.attribute().equals(column.attribute())
                        && other.term().equals(column.term()));
        return isTwice ? column.attribute() : column.term();
    }

    /** A column by its word, or by the name of its attribute. */
    Optional<Column> find(String word) {
        return columns.stream()
                .filter(column ->
                        word(column).equals(word) || column.attribute().equals(word))
                .findFirst()
                .or(() -> attributes.stream()
                        .filter(name -> name.equals(word)
                                || UndeclaredView.localName(name).equals(word))
                        .map(UndeclaredView::column)
                        .findFirst());
    }

    /**
     * The column that the address names.
     *
     * @throws Problem of type InvalidRequest, in the language of the texts
     */
    Column get(String word, Texts texts) {
        return find(word)
                .orElseThrow(() -> Problem.invalidRequest(
                        texts.text("history.wrong.attribute", word),
                        texts.text("history.wrong.attributeRemedy", String.join(", ", words()))));
    }

    List<String> words() {
        return columns.stream().map(this::word).toList();
    }

    /** The column to begin with: the first whose value is a number, or the first. */
    Optional<Column> first() {
        return columns.stream()
                .filter(column -> known.entity()
                        .findAttribute(column.attribute())
                        .filter(attribute -> attribute.main().value().isNumber())
                        .isPresent())
                .findFirst()
                .or(() -> columns.stream().findFirst());
    }

    /** The datasets of an attribute that the entity has now, the default one first. */
    List<String> datasets(Column column) {
        return known.entity().findAttribute(column.attribute()).stream()
                .flatMap(attribute -> attribute.instances().stream())
                .map(AttributeInstance::datasetId)
                .sorted()
                .toList();
    }

    /** The series of a column in its main dataset. */
    HistorySubject subject(Column column) {
        return subject(column, datasets(column).stream().findFirst().orElse(""));
    }

    HistorySubject subject(Column column, String dataset) {
        TimeProperty time = observed.contains(column.attribute()) ? TimeProperty.OBSERVED_AT : TimeProperty.MODIFIED_AT;
        return new HistorySubject(known, readings, isDeclared, column, dataset, time);
    }

    /** The series that can be compared with others. */
    List<HistorySubject> comparable() {
        List<HistorySubject> all = new ArrayList<>();
        for (Column column : columns) {
            HistorySubject subject = subject(column);
            if (subject.isComparable()) {
                all.add(subject);
            }
        }
        return all;
    }

    /** All attributes by the names that files have for them. */
    Stream<String> attributes() {
        return attributes.stream();
    }
}
