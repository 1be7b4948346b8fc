package city.emona.geo;

import java.util.Map;
import java.util.Optional;
import org.locationtech.proj4j.CRSFactory;
import org.locationtech.proj4j.CoordinateReferenceSystem;
import org.locationtech.proj4j.CoordinateTransform;
import org.locationtech.proj4j.CoordinateTransformFactory;
import org.locationtech.proj4j.Proj4jException;
import org.locationtech.proj4j.ProjCoordinate;

/**
 * A coordinate reference system of feeds, from which positions are taken to WGS 84. Coordinates are always given as east and north, or
 * longitude and latitude, whatever order the system's own definition has. Safe for use by many threads.
 */
public final class ReferenceSystem {
    private static final double WEB_MERCATOR_RADIUS = 6_378_137;
    private static final double ROUNDED_TO = 1e7;
    private static final CRSFactory FACTORY = new CRSFactory();
    private static final CoordinateReferenceSystem WGS84 =
            FACTORY.createFromParameters("EPSG:4326", "+proj=longlat +datum=WGS84 +no_defs");
    private static final String GRID =
            "+proj=tmerc +lat_0=0 +lon_0=15 +k=0.9999 +x_0=500000 +y_0=-5000000 +units=m +no_defs ";
    private static final String D96 = GRID + "+ellps=GRS80 +towgs84=0,0,0";
    private static final String D48 =
            GRID + "+ellps=bessel +towgs84=409.545,72.164,486.872,3.085957,5.469110,-11.020289,17.919665";
    private static final Bounds SLOVENIA = new Bounds(13.2, 45.2, 16.8, 47.1);
    private static final Bounds WORLD = new Bounds(-180, -90, 180, 90);

    /** The systems by their codes, those of Esri among them. */
    private static final Map<Integer, ReferenceSystem> KNOWN = Map.ofEntries(
            Map.entry(4326, new ReferenceSystem(4326, "", WORLD)),
            Map.entry(4258, new ReferenceSystem(4258, "", WORLD)),
            Map.entry(3857, new ReferenceSystem(3857, "", WORLD)),
            Map.entry(102_100, new ReferenceSystem(3857, "", WORLD)),
            Map.entry(900_913, new ReferenceSystem(3857, "", WORLD)),
            Map.entry(3794, new ReferenceSystem(3794, D96, SLOVENIA)),
            Map.entry(102_109, new ReferenceSystem(3794, D96, SLOVENIA)),
            Map.entry(3912, new ReferenceSystem(3912, D48, SLOVENIA)),
            Map.entry(102_060, new ReferenceSystem(3912, D48, SLOVENIA)),
            Map.entry(25_832, utm(25_832, 32)),
            Map.entry(25_833, utm(25_833, 33)),
            Map.entry(32_632, utm(32_632, 32)),
            Map.entry(32_633, utm(32_633, 33)));

    private final int code;
    private final CoordinateReferenceSystem from;
    private final Bounds area;

    private ReferenceSystem(int code, String parameters, Bounds area) {
        this.code = code;
        this.from = parameters.isEmpty() ? WGS84 : FACTORY.createFromParameters("EPSG:" + code, parameters);
        this.area = area;
    }

    private static ReferenceSystem utm(int code, int zone) {
        return new ReferenceSystem(code, "+proj=utm +zone=" + zone + " +ellps=GRS80 +towgs84=0,0,0 +units=m", WORLD);
    }

    /** A position in WGS 84, in degrees. */
    public record Position(double longitude, double latitude) {}

    /** The system of a code of EPSG or Esri: 4326, 4258, 3857, 3794 (D96/TM), 3912 (D48/GK), and zones 32 and 33 of UTM. */
    public static Optional<ReferenceSystem> find(int code) {
        return Optional.ofNullable(KNOWN.get(code));
    }

    /** The code of EPSG. */
    public int code() {
        return code;
    }

    /**
     * A position in WGS 84, rounded to a centimetre. In the Slovene grids the digits of the zone and of the full northing, as in 5462302 and
     * 5102976, may be written or not.
     *
     * @throws IllegalArgumentException when it is not in the area of the system; the message says so when east and north are exchanged
     */
    public Position toWgs84(double east, double north) {
        if (!Double.isFinite(east) || !Double.isFinite(north)) {
            throw new IllegalArgumentException("it is not a position");
        }
        Optional<Position> position = within(east, north);
        if (position.isPresent()) {
            return position.get();
        }
        throw new IllegalArgumentException(
                within(north, east).isPresent()
                        ? "east and north are exchanged: " + east + ", " + north
                        : east + ", " + north + " is outside of the area of EPSG:" + code);
    }

    private Optional<Position> within(double east, double north) {
        try {
            Position exact =
                    switch (code) {
                        case 4326, 4258 -> new Position(east, north);
                        case 3857 -> webMercator(east, north);
                        case 3794, 3912 -> projected(withoutPrefix(east), withoutPrefix(north));
                        default -> projected(east, north);
                    };
            Position position = new Position(rounded(exact.longitude()), rounded(exact.latitude()));
            return area.contains(position.longitude(), position.latitude()) ? Optional.of(position) : Optional.empty();
        } catch (Proj4jException _) {
            return Optional.empty();
        }
    }

    private static double withoutPrefix(double coordinate) {
        return coordinate > 5_000_000 && coordinate < 6_000_000 ? coordinate - 5_000_000 : coordinate;
    }

    private static Position webMercator(double east, double north) {
        return new Position(
                Math.toDegrees(east / WEB_MERCATOR_RADIUS),
                Math.toDegrees(2 * Math.atan(Math.exp(north / WEB_MERCATOR_RADIUS)) - Math.PI / 2));
    }

    private Position projected(double east, double north) {
        // a transform keeps what it works on, so each call has its own
        CoordinateTransform transform = new CoordinateTransformFactory().createTransform(from, WGS84);
        ProjCoordinate result = transform.transform(new ProjCoordinate(east, north), new ProjCoordinate());
        return new Position(result.x, result.y);
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * ROUNDED_TO) / ROUNDED_TO;
    }
}
