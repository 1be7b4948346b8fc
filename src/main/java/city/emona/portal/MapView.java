package city.emona.portal;

import city.emona.portal.BaseMap.Projection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A map on a page, drawn by the server and brought to life by the browser.
 *
 * @param layers what stands on it, the first at the bottom
 * @param focus longitude and latitude of the place that the map is about; empty for the whole city
 * @param label what the map shows, for those who do not see it
 * @param brief whether the legend names the layers only, and not the classes of each
 */
public record MapView(
        BaseMap base, Projection projection, List<Layer> layers, Optional<Point> focus, String label, boolean brief) {
    private static final double FOCUS_SCALE = 1.6;

    /**
     * The entities of one view.
     *
     * @param id unique on the map
     * @param title what they are
     * @param subject what the colours stand for, with the unit
     * @param tableHref where the same stands in a table
     * @param dataHref where the points are to be had as GeoJSON
     */
    public record Layer(
            String id,
            String title,
            String subject,
            String tableHref,
            String dataHref,
            List<LegendEntry> legend,
            List<Point> points) {}

    /**
     * One class of the legend.
     *
     * @param css the style sheet's classes for colour and shape
     * @param word the name of the class
     * @param count how many entities are in it
     */
    public record LegendEntry(String css, String word, String count) {}

    /**
     * An entity on the map.
     *
     * @param text its value in words
     * @param shape circle, square, diamond or triangle
     * @param css the style sheet's class for the colour
     * @param classIndex the place of its class, or -1 where the value is missing
     * @param radius in pixels
     * @param label what is written on the symbol; may be empty
     */
    public record Point(
            String id,
            String href,
            String name,
            String text,
            double longitude,
            double latitude,
            String shape,
            String css,
            int classIndex,
            double radius,
            String label) {

        /** The outline around the middle of the symbol, as the path of an SVG element. */
        public String outline() {
            double r = radius;
            return switch (shape) {
                case "square" -> svg("M%1$s %1$sH%2$sV%2$sH%1$sZ", -r * 0.89, r * 0.89);
                case "diamond" -> svg("M0 %1$sL%2$s 0L0 %2$sL%1$s 0Z", -r * 1.2, r * 1.2);
                case "triangle" -> svg("M0 %1$sL%2$s %3$sH%4$sZ", -r * 1.2, r * 1.15, r * 0.8, -r * 1.15);
                default -> svg("M%1$s 0A%2$s %2$s 0 1 1 %2$s 0A%2$s %2$s 0 1 1 %1$s 0Z", -r, r);
            };
        }

        private static String svg(String pattern, Object... lengths) {
            Object[] rounded = new Object[lengths.length];
            for (int i = 0; i < lengths.length; i++) {
                rounded[i] = String.format(Locale.ROOT, "%.1f", (Double) lengths[i]);
            }
            return String.format(Locale.ROOT, pattern, rounded);
        }
    }

    /** The lines and areas of a kind, as the path of an SVG element. */
    public String path(String kind) {
        return base.path(kind, projection);
    }

    public String viewBox() {
        return String.format(Locale.ROOT, "0 0 %.0f %.0f", projection.width(), projection.height());
    }

    /** Where a place of the drawing is: {@code translate(x y)}, larger around a focus. */
    public String translate(double longitude, double latitude) {
        String move = "translate(" + projection.xy(longitude, latitude) + ")";
        return focus.isPresent() ? move + " scale(" + FOCUS_SCALE + ")" : move;
    }

    /** Whether the map shows one place and its neighbourhood. */
    public boolean isFocused() {
        return focus.isPresent();
    }

    /** A layer's symbol, where its classes are not told apart. */
    public String symbol(Layer layer) {
        return layer.legend().isEmpty() ? "" : layer.legend().getFirst().css();
    }

    /** The sides of what is shown, west, south, east, north, for the living map. */
    public String bounds() {
        return projection.west() + "," + projection.south() + "," + projection.east() + "," + projection.north();
    }

    /** The ids and addresses of the layers, for the living map: pairs of id and address on lines of their own. */
    public String sources() {
        StringBuilder sources = new StringBuilder();
        layers.forEach(layer ->
                sources.append(layer.id()).append(' ').append(layer.dataHref()).append('\n'));
        return sources.toString().strip();
    }
}
