package city.emona.store.local;

import city.emona.context.AttributeType;
import city.emona.context.PackedEntity;
import city.emona.context.PackedValue;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * The boxes, in longitude and latitude, around the geometries of a GeoProperty. They are rounded outwards. Where there is no geometry the
 * box is inside out, so that it meets none; where it is to be looked at, the box is the plane.
 */
final class BoxColumn implements Column {
    private static final String POINT = "{\"type\":\"Point\",\"coordinates\":[";

    private final ColumnKey key;
    private final float[] west;
    private final float[] south;
    private final float[] east;
    private final float[] north;

    /** Around all of them. */
    private final Limits limits = new Limits();

    BoxColumn(ColumnKey key, int places) {
        this.key = key;
        this.west = new float[places];
        this.south = new float[places];
        this.east = new float[places];
        this.north = new float[places];
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
        west[place] = Math.nextDown((float) box.west);
        south[place] = Math.nextDown((float) box.south);
        east[place] = Math.nextUp((float) box.east);
        north[place] = Math.nextUp((float) box.north);
        if (box.west <= box.east) {
            limits.add(west[place], south[place]);
            limits.add(east[place], north[place]);
        }
    }

    private static void addGeometry(PackedValue value, Limits box) {
        String text = value.text();
        int comma = text.startsWith(POINT) ? text.indexOf(',', POINT.length()) : -1;
        int end = comma < 0 ? -1 : text.indexOf(']', comma);
        if (end > 0 && text.indexOf(',', comma + 1) < 0) {
            box.add(
                    Double.parseDouble(text.substring(POINT.length(), comma)),
                    Double.parseDouble(text.substring(comma + 1, end)));
        } else {
            addPositions(value.json().path("coordinates"), box);
        }
    }

    private static void addPositions(JsonNode coordinates, Limits box) {
        if (coordinates.path(0).isNumber()) {
            box.add(coordinates.get(0).doubleValue(), coordinates.path(1).doubleValue());
        } else {
            coordinates.forEach(part -> addPositions(part, box));
        }
    }

    /** The bits of places whose boxes meet a box. */
    void select(double fromWest, double fromSouth, double toEast, double toNorth, long[] found) {
        Arrays.fill(found, 0);
        if (limits.west > toEast || limits.east < fromWest || limits.south > toNorth || limits.north < fromSouth) {
            return;
        }
        for (int place = 0; place < west.length; place++) {
            boolean meets = west[place] <= toEast
                    && east[place] >= fromWest
                    && south[place] <= toNorth
                    && north[place] >= fromSouth;
            found[place / Long.SIZE] |= (meets ? 1L : 0L) << place;
        }
    }
}
