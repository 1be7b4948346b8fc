package city.emona.portal;

import city.emona.portal.ChartView.Label;
import city.emona.portal.ChartView.Line;
import city.emona.portal.ChartView.Lines;
import city.emona.portal.ChartView.Panel;
import city.emona.portal.ChartView.States;
import city.emona.portal.ChartView.ValueClass;
import city.emona.portal.Trace.Numbers;
import city.emona.portal.Trace.Sample;
import city.emona.portal.Trace.Stretch;
import city.emona.portal.Trace.Words;
import city.emona.vertical.Column;
import city.emona.vertical.MapLayer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes charts of what was read. */
final class Charts {
    /** A limit further above the values than this is named under the chart, not drawn. */
    private static final double REACH = 2.5;

    private static final int SHADES = 6;
    private static final double ROOM_FOR_WORD = 70;

    private final HistorySpan span;
    private final Language language;
    private final Instant now;

    /**
     * A series on the page.
     *
     * @param label what tells it from the other one
     */
    record Shown(SeriesReader.Read read, Trace trace, String label) {
        HistorySubject subject() {
            return read.subject();
        }
    }

    Charts(HistorySpan span, Language language, Instant now) {
        this.span = span;
        this.language = language;
        this.now = now;
    }

    /** The chart; empty where there is nothing to draw, such as texts, or a value that stayed the same, of which a sentence says as much. */
    Optional<ChartView> chart(List<Shown> all, String summary) {
        if (all.size() == 1 && all.getFirst().trace().isFlat()) {
            return Optional.empty();
        }
        List<Panel> panels = new ArrayList<>();
        List<Shown> numbers =
                all.stream().filter(shown -> shown.trace() instanceof Numbers).toList();
        boolean isOneScale = numbers.size() == 2
                && numbers.get(0)
                        .subject()
                        .column()
                        .unit()
                        .equals(numbers.get(1).subject().column().unit());
        if (isOneScale) {
            panels.add(lines(numbers, 1));
        }
        for (int i = 0; i < all.size(); i++) {
            Shown shown = all.get(i);
            switch (shown.trace()) {
                case Numbers _ -> {
                    if (!isOneScale) {
                        panels.add(lines(List.of(shown), i + 1));
                    }
                }
                case Words words -> {
                    if (isBand(shown.subject(), words)) {
                        panels.add(states(shown, words));
                    }
                }
                case Trace.Nothing _ -> {}
            }
        }
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChartView(panels, TimeAxis.ticks(span, language), summary));
    }

    static boolean isBand(HistorySubject subject, Words words) {
        return words.stretches().stream()
                .allMatch(stretch -> subject.isState(stretch.value().isBoolean()));
    }

    private Panel lines(List<Shown> all, int firstNumber) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (Shown shown : all) {
            Numbers numbers = (Numbers) shown.trace();
            for (Sample sample : numbers.samples()) {
                least = Math.min(least, sample.least());
                most = Math.max(most, sample.most());
            }
            whole &= shown.subject().column().decimals() == 0 && !numbers.areMeans();
        }
        Column column = all.getFirst().subject().column();
        List<Column.Limit> drawn = limits(all, most, true);
        double limit = drawn.stream().mapToDouble(Column.Limit::value).max().orElse(most);
        double reach = Math.max(Math.max(most, limit), headOfClass(all, most));
        ValueAxis axis = ValueAxis.of(least, reach, whole);
        Drawing drawing = new Drawing(span, axis);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            lines.add(line(all.get(i), drawing, axis, firstNumber + i, all.size() > 1));
        }
        return new Lines(
                title(all),
                grid(axis, column.unit()),
                classes(all, axis),
                drawn.stream()
                        .map(one -> new Label(
                                percent(axis.place(one.value())),
                                language.pick(one.name()) + " "
                                        + Format.of(language)
                                                .quantity(one.value(), decimals(one.value()), column.unit())))
                        .toList(),
                separated(lines));
    }

    private String title(List<Shown> all) {
        List<String> titles = all.stream()
                .map(shown -> language.pick(shown.subject().column().title()))
                .distinct()
                .toList();
        String unit = all.getFirst().subject().column().unit();
        String joined = String.join(" · ", titles);
        return unit.isEmpty() ? joined : joined + " (" + unit + ")";
    }

    /** The limits of a column that are drawn, or the others. */
    List<Column.Limit> limits(List<Shown> all, double most, boolean near) {
        Column column = all.getFirst().subject().column();
        if (all.stream().anyMatch(shown -> !shown.subject().column().attribute().equals(column.attribute()))) {
            return List.of();
        }
        return column.limits().stream()
                .filter(limit -> near == (limit.value() <= REACH * most))
                .toList();
    }

    static int decimals(double value) {
        return value == Math.rint(value) ? 0 : 1;
    }

    private List<Label> grid(ValueAxis axis, String unit) {
        Format format = Format.of(language);
        List<Label> grid = new ArrayList<>();
        for (double tick : axis.ticks()) {
            boolean isTop = tick == axis.ticks().getLast();
            grid.add(new Label(percent(axis.place(tick)), format.quantity(tick, axis.decimals(), isTop ? unit : "")));
        }
        return grid;
    }

    /** The map whose classes are those of the values. */
    private static Optional<MapLayer> classes(List<Shown> all) {
        return all.getFirst()
                .subject()
                .view()
                .findMap()
                .filter(map -> all.stream()
                        .allMatch(shown -> shown.subject()
                                .column()
                                .attribute()
                                .equals(map.colourBy().attribute())));
    }

    /** Where the class of a value ends, so that it is seen as a whole; the value itself where it has no class, or the last. */
    private static double headOfClass(List<Shown> all, double value) {
        return classes(all)
                .map(map -> map.classes().get(map.classOf(value)).below())
                .orElse(value);
    }

    private List<ValueClass> classes(List<Shown> all, ValueAxis axis) {
        List<ValueClass> classes = new ArrayList<>();
        classes(all).ifPresent(map -> {
            double from = axis.low();
            for (int i = 0; i < map.classes().size(); i++) {
                Double below = map.classes().get(i).below();
                double to = below == null ? axis.high() : Math.clamp(below, axis.low(), axis.high());
                if (to > from) {
                    Reading.Mark mark = EntityReadings.mark(map, i, language);
                    double top = axis.place(to);
                    double height = axis.place(from) - top;
                    classes.add(new ValueClass(
                            Drawing.number(top),
                            Drawing.number(height),
                            Drawing.number(top + height),
                            mark.css(),
                            percent(top + height / 2),
                            height < ROOM_FOR_WORD ? "" : mark.word(),
                            from > axis.low()));
                    from = to;
                }
            }
        });
        return classes;
    }

    private Line line(Shown shown, Drawing drawing, ValueAxis axis, int number, boolean isLabelled) {
        Numbers numbers = (Numbers) shown.trace();
        HistorySubject subject = shown.subject();
        long stale = subject.holds() ? Long.MAX_VALUE : staleMicros(subject, numbers.samples());
        List<List<Sample>> runs =
                Drawing.runs(numbers.samples(), stale, shown.read().deletions());
        Sample last = numbers.samples().getLast();
        boolean isStepped = subject.holds() && !numbers.areMeans();
        long end = isStepped && (subject.isAlive() || !subject.known().isCurrent())
                ? HistorySpan.micros(subject.end(now))
                : last.end();
        String path = isStepped ? drawing.steps(runs, end) : drawing.line(runs);
        return new Line(
                number,
                path,
                isStepped ? "" : drawing.dots(runs),
                numbers.areMeans() ? drawing.spread(runs) : "",
                isLabelled ? shown.label() : "",
                percent(isStepped ? drawing.across(end) : drawing.across(last.middle())),
                percent(axis.place(last.value())));
    }

    /** Where nobody says how long a value is good, four times the usual distance is a gap. */
    private static long staleMicros(HistorySubject subject, List<Sample> samples) {
        if (subject.staleMicros() > 0 || samples.size() < 2) {
            return subject.staleMicros();
        }
        long[] distances = new long[samples.size() - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = samples.get(i + 1).at() - samples.get(i).at();
        }
        Arrays.sort(distances);
        return 4 * distances[distances.length / 2];
    }

    /** The labels of two lines that end near each other: one above, one below. */
    private static List<Line> separated(List<Line> lines) {
        if (lines.size() < 2) {
            return lines;
        }
        double first = Double.parseDouble(lines.get(0).labelY());
        double second = Double.parseDouble(lines.get(1).labelY());
        double up = first <= second ? first : second;
        double down = Math.max(up + 9, Math.max(first, second));
        double shift = Math.max(0, down - 97);
        return List.of(
                at(lines.get(0), first <= second ? up - shift : down - shift),
                at(lines.get(1), first <= second ? down - shift : up - shift));
    }

    private static Line at(Line line, double labelY) {
        return new Line(
                line.number(),
                line.path(),
                line.dots(),
                line.spread(),
                line.label(),
                line.labelX(),
                Drawing.number(labelY));
    }

    private Panel states(Shown shown, Words words) {
        HistorySubject subject = shown.subject();
        CityTime time = span.time(language);
        List<String> known = new ArrayList<>();
        List<ChartView.Stretch> stretches = new ArrayList<>();
        Drawing drawing = new Drawing(span, ValueAxis.of(0, 1, true));
        for (Stretch stretch : words.stretches()) {
            String word =
                    subject.readings().words(stretch.value(), subject.column()).orElse(Reading.DASH);
            if (!known.contains(word)) {
                known.add(word);
            }
            double from = drawing.across(stretch.at());
            double width = Math.max(1, drawing.across(stretch.end().orElse(stretch.at())) - from);
            stretches.add(new ChartView.Stretch(
                    Drawing.number(from),
                    Drawing.number(width),
                    1 + known.indexOf(word) % SHADES,
                    width > 12.0 * word.length() + 20 ? word : "",
                    percent(from + width / 2),
                    word + ", " + time.dateTime(HistorySpan.instant(stretch.at()))));
        }
        return new States(
                shown.label().isEmpty() ? language.pick(subject.column().title()) : shown.label(), stretches);
    }

    private static String percent(double ofThousand) {
        return Drawing.number(ofThousand / 10);
    }
}
