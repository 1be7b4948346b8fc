package city.emona.portal;

import java.util.List;

/**
 * Series as a chart over one axis of time; those of another unit, or that are no numbers, each in a panel of their own. Places are percent
 * of the width and the height, as texts; paths and fields are drawn in 1000 by 1000.
 *
 * @param summary what is to be seen, in words, for those who do not see it
 */
public record ChartView(List<Panel> panels, List<Tick> ticks, String summary) {
    /** One field of the chart. */
    public sealed interface Panel {
        /** What it shows. */
        String title();
    }

    /**
     * Numbers as lines.
     *
     * @param title what it shows, with its unit
     * @param classes the classes of values that the map has too
     */
    public record Lines(String title, List<Label> grid, List<ValueClass> classes, List<Label> limits, List<Line> lines)
            implements Panel {}

    /** States as stretches of a band. */
    public record States(String title, List<Stretch> stretches) implements Panel {}

    /**
     * A time with its label.
     *
     * @param place from the left edge, in percent
     * @param anchor which side of the label stands there, as SVG says it
     * @param isNarrow whether it is one of the ticks for which a narrow screen has room
     */
    public record Tick(String place, String label, String anchor, boolean isNarrow) {}

    /**
     * A level line with its label.
     *
     * @param place from the top, in percent
     */
    public record Label(String place, String text) {}

    /**
     * A class of values.
     *
     * @param top from the top, of 1000
     * @param height of 1000
     * @param css the class of the style sheet that gives the colour
     * @param place where the word stands, from the top, in percent
     * @param bottom from the top, of 1000
     * @param word empty where it has no room
     * @param isBounded whether another class is below
     */
    public record ValueClass(
            String top, String height, String bottom, String css, String place, String word, boolean isBounded) {}

    /**
     * One series.
     *
     * @param number the first or the second, for its colour and its strokes
     * @param path the line
     * @param dots values that stand alone
     * @param spread the field from the smallest to the largest value of each mean; empty for none
     * @param label its name; empty where it is alone
     */
    public record Line(
            int number, String path, String dots, String spread, String label, String labelX, String labelY) {}

    /**
     * A state for as long as it held.
     *
     * @param shade one of a few shades, the same for the same state
     * @param word empty where it has no room
     * @param title the state and its times
     */
    public record Stretch(String from, String width, int shade, String word, String wordX, String title) {}
}
