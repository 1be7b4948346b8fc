package city.emona.portal;

import city.emona.context.Entity;
import city.emona.vertical.Column;
import city.emona.vertical.View;
import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a view as a table, sorted by links in its head.
 *
 * @param title what the entities are together
 * @param caption what the table holds, and how it is sorted
 * @param isDemo whether every row holds demo values; otherwise each row says so itself
 * @param sorted {@code ascending} or {@code descending} for the column of the names; null where it is sorted by another
 * @param previous the page before; empty on the first
 * @param next the page behind; empty on the last
 */
public record TableView(
        String id,
        String title,
        String caption,
        boolean isDemo,
        String nameHref,
        @Nullable String sorted,
        List<Head> heads,
        List<Row> rows,
        Optional<Link> previous,
        Optional<Link> next) {
    private static final int ROWS = 200;

    /** The head of a column; {@code sorted} is for {@code aria-sort}. */
    public record Head(
            String title,
            String unit,
            String href,
            @Nullable String sorted,
            boolean isNumeric) {}

    /** One entity. */
    public record Row(
            Link name,
            boolean isDemo,
            List<Reading> cells,
            Optional<Instant> observedAt,
            String age,
            boolean isStale) {}

    /**
     * @param path the page's address with its language
     * @param sort the term of a column, with a minus sign in front for descending; empty to sort by name
     * @param page the first is 1
     */
    static TableView of(
            EntityReadings readings,
            List<Entity> entities,
            Language language,
            Instant now,
            String path,
            String sort,
            int page) {
        View view = readings.view();
        List<Column> columns = view.columns().stream().filter(Column::inTable).toList();
        boolean descending = sort.startsWith("-");
        String term = descending ? sort.substring(1) : sort;
        Optional<Column> by = view.findColumn(term);
        List<Entity> ordered = new ArrayList<>(entities);
        ordered.sort(order(readings, by, descending, language));
        int pages = Math.max(1, (ordered.size() + ROWS - 1) / ROWS);
        int shown = Math.clamp(page, 1, pages);
        List<Row> rows = ordered.subList((shown - 1) * ROWS, Math.min(ordered.size(), shown * ROWS)).stream()
                .map(entity -> row(readings, entity, columns, language, now))
                .toList();
        String anchor = "#" + view.typeTerm();
        List<Head> heads = columns.stream()
                .map(column -> head(readings, entities, column, by, descending, language, path, anchor))
                .toList();
        String sorting = by.map(column -> Texts.of(language)
                        .text(descending ? "table.descending" : "table.ascending", language.pick(column.title())))
                .orElseGet(() -> Texts.of(language).text("table.byName"));
        String keep = path + "?sort=" + EntityAddress.encoded(sort) + "&page=";
        Texts texts = Texts.of(language);
        return new TableView(
                view.typeTerm(),
                language.pick(view.title()),
                language.pick(view.title()) + ". " + sorting,
                !entities.isEmpty() && entities.stream().allMatch(EntityReadings::isDemo),
                path + (by.isEmpty() && !descending ? "?sort=-name" : "") + anchor,
                by.isPresent() ? null : descending ? "descending" : "ascending",
                heads,
                rows,
                shown > 1
                        ? Optional.of(new Link(keep + (shown - 1) + anchor, texts.text("table.previous", ROWS)))
                        : Optional.empty(),
                shown < pages
                        ? Optional.of(new Link(keep + (shown + 1) + anchor, texts.text("table.next", ROWS)))
                        : Optional.empty());
    }

    private static Head head(
            EntityReadings readings,
            List<Entity> entities,
            Column column,
            Optional<Column> by,
            boolean descending,
            Language language,
            String path,
            String anchor) {
        boolean isSorted = by.filter(column::equals).isPresent();
        boolean isNumeric = entities.stream()
                .anyMatch(e -> readings.reading(e, column).number().isPresent());
        boolean largestFirst = isSorted ? !descending : isNumeric;
        return new Head(
                language.pick(column.title()),
                column.unit(),
                path + "?sort=" + (largestFirst ? "-" : "") + EntityAddress.encoded(column.term()) + anchor,
                isSorted ? (descending ? "descending" : "ascending") : null,
                isNumeric);
    }

    /** Missing values stand last, whichever way the table is sorted. */
    private static Comparator<Entity> order(
            EntityReadings readings, Optional<Column> by, boolean descending, Language language) {
        Collator collator = Collator.getInstance(language.locale());
        Comparator<Entity> byName = Comparator.comparing(readings::name, collator);
        if (by.isEmpty()) {
            return descending ? byName.reversed() : byName;
        }
        Column column = by.get();
        Comparator<Reading> byValue =
                Comparator.comparingDouble((Reading r) -> r.number().orElse(0)).thenComparing(Reading::text, collator);
        Comparator<Reading> directed = descending ? byValue.reversed() : byValue;
        return Comparator.comparing(
                        (Entity e) -> readings.reading(e, column),
                        Comparator.comparing(Reading::isMissing).thenComparing(directed))
                .thenComparing(byName);
    }

    private static Row row(
            EntityReadings readings, Entity entity, List<Column> columns, Language language, Instant now) {
        Optional<Instant> observedAt = readings.observedAt(entity);
        return new Row(
                new Link(EntityAddress.href(language, entity.id()), readings.name(entity)),
                EntityReadings.isDemo(entity),
                columns.stream().map(column -> readings.reading(entity, column)).toList(),
                observedAt,
                observedAt.map(then -> readings.time().age(then, now)).orElse(Reading.DASH),
                observedAt.map(readings::isStale).orElse(false));
    }
}
