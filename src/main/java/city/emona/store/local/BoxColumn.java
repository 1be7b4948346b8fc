package city.emona.store.local;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import city.emona.geo.Bounds;
import city.emona.geo.Earth;
import tools.jackson.databind.JsonNode;

/**
 * The boxes, in longitude and latitude, around the geometries of a GeoProperty. Where there is no geometry the box is inside out, so that
 * it meets none; where it is to be looked at, the box is the plane.
 */
final class BoxColumn implements Column {
    private static final String POINT = "{\"type\":\"Point\",\"coordinates\":[";

    /** Against the last digits, which may be others where a distance is measured from the other end. */
    private static final double A_LITTLE_MORE = 1.000001;

    private final ColumnKey key;
    private final double[] west;
    private final double[] south;
    private final double[] east;
    private final double[] north;

    /** Around all of them. */
    private final Limits limits = new Limits();

    BoxColumn(ColumnKey key, int places) {
        this.key = key;
        this.west = new double[places];
        this.south = new double[places];
        this.east = new double[places];
        this.north = new double[places];
    }

    /** A box that grows. */
    private static final class Limits {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;

        void add(double longitude, double latitude) {
            west = Math.min(west, longitude);
            south = Math.min(south, latitude);
            east = Math.max(east, longitude);
            north = Math.max(north, latitude);
        }

        void addAll() {
            add(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
            add(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    @Override
    public ColumnKey key() {
        return key;
    }

    @Override
    public void set(int place, PackedEntity entity) {
        Limits box = new Limits();
        PackedValue value = entity.look(key.attribute());
        if (value == PackedValue.SEVERAL || (value.type() == AttributeType.GEO_PROPERTY && !value.isJson())) {
            box.addAll();
        } else if (value.type() == AttributeType.GEO_PROPERTY) {
            addGeometry(value, box);
        }
        west[place] = box.west;
        south[place] = box.south;
        east[place] = box.east;
        north[place] = box.north;
        if (box.west <= box.east) {
            limits.add(box.west, box.south);
            limits.add(box.east, box.north);
        }
    }

    private static void addGeometry(PackedValue value, Limits box) {
        if (!addPoint(value, box)) {
            addPositions(value.json().path("coordinates"), box);
        }
    }

    /** Adds the position of a point as it is mostly written; false where it is written otherwise, or is no point. */
    private static boolean addPoint(PackedValue value, Limits box) {
        String text = value.text();
        int comma = text.startsWith(POINT) ? text.indexOf(',', POINT.length()) : -1;
        int end = comma < 0 ? -1 : text.indexOf(']', comma);
        if (end < 0 || text.indexOf(',', comma + 1) >= 0) {
            return false;
        }
        box.add(
                Double.parseDouble(text.substring(POINT.length(), comma)),
                Double.parseDouble(text.substring(comma + 1, end)));
        return true;
    }

    /** Whether a value is certainly a point within a distance of a position. */
    static boolean isNearPoint(PackedValue value, Bounds position, double meters) {
        Limits point = new Limits();
        return value.type() == AttributeType.GEO_PROPERTY
                && value.isJson()
                && addPoint(value, point)
                && Earth.distanceMeters(position.west(), position.south(), point.west, point.south) * A_LITTLE_MORE
                        <= meters;
    }

    private static void addPositions(JsonNode coordinates, Limits box) {
        if (coordinates.path(0).isNumber()) {
            box.add(coordinates.get(0).doubleValue(), coordinates.path(1).doubleValue());
        } else {
            coordinates.forEach(part -> addPositions(part, box));
        }
    }

    /** Sets the bits of places whose boxes meet a box. */
    void addMeeting(Bounds box, long[] places) {
        if (limits.west > box.east()
                || limits.east < box.west()
                || limits.south > box.north()
                || limits.north < box.south()) {
            return;
        }
        for (int place = 0; place < west.length; place++) {
            boolean meets = west[place] <= box.east()
                    && east[place] >= box.west()
                    && south[place] <= box.north()
                    && north[place] >= box.south();
            places[place / Long.SIZE] |= (meets ? 1L : 0L) << place;
        }
    }

    /** Whether the geometry at a place is farther than a distance from a position, as far as its box tells. */
    boolean isFarther(int place, double longitude, double latitude, double meters) {
        return west[place] == east[place]
                && south[place] == north[place]
                && Earth.distanceMeters(longitude, latitude, west[place], south[place]) > meters * A_LITTLE_MORE;
    }
}
