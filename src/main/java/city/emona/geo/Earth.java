package city.emona.geo;

import java.util.ArrayList;
import java.util.List;

/** Distances on the sphere that NGSI-LD measures on (ETSI GS CIM 009 clause 4.23.1: the haversine formula). */
public final class Earth {
    /** The mean radius of the Earth. */
    public static final double RADIUS_METERS = 6_371_008.8;

    /** The length of a degree of latitude. */
    static final double METERS_OF_DEGREE = RADIUS_METERS * Math.PI / 180;

    private Earth() {}

    /** The distance between two positions in metres. */
    public static double distanceMeters(double longitude1, double latitude1, double longitude2, double latitude2) {
        double sinLatitude = Math.sin(Math.toRadians(latitude2 - latitude1) / 2);
        double sinLongitude = Math.sin(Math.toRadians(longitude2 - longitude1) / 2);
        double haversine = sinLatitude * sinLatitude
                + Math.cos(Math.toRadians(latitude1))
                        * Math.cos(Math.toRadians(latitude2))
                        * sinLongitude
                        * sinLongitude;
        return 2 * RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, haversine)));
    }

    /**
     * The distance from a position to a line that is straight in longitude and latitude, as those of GeoJSON are (RFC 7946 section 3.1.1),
     * in metres. The line itself is never taken the other way around the Earth, but the position is.
     */
    static double distanceToLineMeters(
            double longitude, double latitude, double startLon, double startLat, double endLon, double endLat) {
        double best = Math.min(
                distanceMeters(longitude, latitude, startLon, startLat),
                distanceMeters(longitude, latitude, endLon, endLat));
        for (int turn = -1; turn <= 1; turn++) {
            double x = longitude + 360 * turn;
            if (turn == 0 || Math.abs(x - (startLon + endLon) / 2) < 180) {
                best = Math.min(best, distanceToInteriorMeters(x, latitude, startLon, startLat, endLon, endLat));
            }
        }
        return best;
    }

    /** Approaches the nearest point of a line, measuring longitudes as they are between the position and the point found last. */
    private static double distanceToInteriorMeters(
            double longitude, double latitude, double startLon, double startLat, double endLon, double endLat) {
        double deltaLon = endLon - startLon;
        double deltaLat = endLat - startLat;
        double nearestLat = latitude;
        double best = Double.POSITIVE_INFINITY;
        for (int step = 0; step < 4; step++) {
            double shrink = Math.cos(Math.toRadians((latitude + nearestLat) / 2));
            double squared = shrink * shrink;
            double length = deltaLon * deltaLon * squared + deltaLat * deltaLat;
            if (length == 0) {
                return best;
            }
            double along = ((longitude - startLon) * deltaLon * squared + (latitude - startLat) * deltaLat) / length;
            double t = Math.clamp(along, 0, 1);
            nearestLat = startLat + t * deltaLat;
            best = Math.min(best, distanceMeters(longitude, latitude, startLon + t * deltaLon, nearestLat));
        }
        return best;
    }

    /**
     * Boxes that together hold every position within a distance of a box: two where the antimeridian lies between, and all longitudes
     * where a pole does.
     */
    public static List<Bounds> within(Bounds bounds, double meters) {
        // a little more than the distance, against rounding
        double degrees = meters / METERS_OF_DEGREE * 1.000001 + 1e-9;
        double south = bounds.south() - degrees;
        double north = bounds.north() + degrees;
        if (south <= -90 || north >= 90) {
            return List.of(new Bounds(-180, Math.max(-90, south), 180, Math.min(90, north)));
        }
        double farthest = Math.max(Math.abs(south), Math.abs(north));
        double sine = Math.sin(Math.toRadians(Math.min(degrees, 90))) / Math.cos(Math.toRadians(farthest - degrees));
        double sideways = sine >= 1 ? 180 : Math.toDegrees(Math.asin(sine)) + 1e-9;
        double west = bounds.west() - sideways;
        double east = bounds.east() + sideways;
        if (east - west >= 360) {
            return List.of(new Bounds(-180, south, 180, north));
        }
        List<Bounds> boxes = new ArrayList<>(2);
        boxes.add(new Bounds(Math.max(-180, west), south, Math.min(180, east), north));
        if (west < -180) {
            boxes.add(new Bounds(west + 360, south, 180, north));
        } else if (east > 180) {
            boxes.add(new Bounds(-180, south, east - 360, north));
        }
        return boxes;
    }
}
