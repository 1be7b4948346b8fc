package city.emona.portal;

import city.emona.portal.Charts.Shown;
import city.emona.portal.Trace.Numbers;
import city.emona.portal.Trace.Sample;
import city.emona.portal.Trace.Stretch;
import city.emona.portal.Trace.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and words of a chart as a table, the latest above.
 *
 * @param caption what stands in it
 * @param isOfMeans whether the numbers are means, with their extent
 */
public record HistoryTable(String caption, List<Head> heads, List<Row> rows, boolean isOfMeans) {
    /** The head of a series; {@code unit} may be empty. */
    public record Head(String title, String unit, boolean isNumeric) {}

    /**
     * One time.
     *
     * @param moment as ISO 8601
     * @param x where it stands in the chart, of 1000
     */
    public record Row(String moment, String time, String x, List<Cell> cells) {}

    /**
     * A value; empty where a series has none at that time.
     *
     * @param extent the smallest and the largest value behind a mean
     */
    public record Cell(String text, String extent) {
        static final Cell NONE = new Cell("", "");
    }

    static HistoryTable of(List<Shown> all, SeriesReader reader, Language language) {
        boolean isOfMeans = all.stream().anyMatch(shown -> shown.trace() instanceof Numbers n && n.areMeans());
        TreeMap<Long, Cell[]> byTime = new TreeMap<>();
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Shown shown = all.get(i);
            String title = shown.label().isEmpty()
                    ? language.pick(shown.subject().column().title())
                    : shown.label();
            switch (shown.trace()) {
                case Numbers numbers -> {
                    heads.add(new Head(title, shown.subject().column().unit(), true));
                    for (Sample sample : numbers.samples()) {
                        cells(byTime, sample.at(), all.size())[i] =
                                cell(sample, numbers.areMeans(), shown.subject(), language);
                    }
                }
                case Words words -> {
                    heads.add(new Head(title, "", false));
                    for (Stretch stretch : words.stretches()) {
                        cells(byTime, stretch.at(), all.size())[i] = new Cell(
                                shown.subject()
                                        .readings()
                                        .words(stretch.value(), shown.subject().column())
                                        .orElse(Reading.DASH),
                                "");
                    }
                }
                case Trace.Nothing _ ->
                    heads.add(new Head(title, shown.subject().column().unit(), true));
            }
        }
        Drawing drawing = new Drawing(reader.span(), ValueAxis.of(0, 1, true));
        List<Row> rows = new ArrayList<>();
        byTime.descendingMap().forEach((time, cells) -> {
            Instant moment = HistorySpan.instant(time);
            List<Cell> complete = new ArrayList<>();
            for (Cell cell : cells) {
                complete.add(cell == null ? Cell.NONE : cell);
            }
            rows.add(new Row(
                    moment.toString(),
                    time(moment, isOfMeans, reader, language),
                    Drawing.number(drawing.across(middle(time, isOfMeans, reader))),
                    complete));
        });
        Texts texts = Texts.of(language);
        String caption = isOfMeans
                ? texts.text(
                        "history.table.means",
                        texts.text("history.means." + reader.width().code()))
                : texts.text("history.table.single");
        return new HistoryTable(caption, heads, rows, isOfMeans);
    }

    private static long middle(long time, boolean isOfMeans, SeriesReader reader) {
        return isOfMeans ? reader.middleOfBucket(time) : time;
    }

    private static @Nullable Cell[] cells(TreeMap<Long, Cell[]> byTime, long time, int series) {
        return byTime.computeIfAbsent(time, _ -> new Cell[series]);
    }

    private static Cell cell(Sample sample, boolean isMean, HistorySubject subject, Language language) {
        Format format = Format.of(language);
        int decimals = subject.column().decimals();
        if (!isMean || sample.at() == sample.end()) {
            return new Cell(format.number(sample.value(), decimals), "");
        }
        return new Cell(
                format.number(sample.value(), Math.max(1, decimals)),
                format.number(sample.least(), decimals) + "–" + format.number(sample.most(), decimals));
    }

    private static String time(Instant moment, boolean isOfMeans, SeriesReader reader, Language language) {
        CityTime time = reader.span().time(language);
        return isOfMeans && reader.width().compareTo(BucketWidth.DAY) >= 0 ? time.date(moment) : time.dateTime(moment);
    }
}
