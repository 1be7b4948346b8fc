package city.emona.geo;

/**
 * A box in degrees that holds a geometry; it does not cross the antimeridian.
 *
 * @param west the least longitude
 * @param south the least latitude
 * @param east the greatest longitude
 * @param north the greatest latitude
 */
public record Bounds(double west, double south, double east, double north) {
    /** Whether the two have a point in common. */
    public boolean intersects(Bounds other) {
        return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
    }

    /** Whether a position lies in it. */
    public boolean contains(double longitude, double latitude) {
        return west <= longitude && longitude <= east && south <= latitude && latitude <= north;
    }
}
