package city.emona.geo;

import java.util.List;

/** Distances between geometries: between their nearest positions, and nothing where they touch. */
final class Distances {
    private Distances() {}

    /**
     * The distance in metres, or, where it is more than a limit, something more than that limit.
     */
    static double meters(Geometry one, Geometry other, double limitMeters) {
        if (one.positions() == 0 || other.positions() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (one.isPoint() && other.isPoint()) {
            double[] a = one.paths().getFirst();
            double[] b = other.paths().getFirst();
            return Earth.distanceMeters(a[0], a[1], b[0], b[1]);
        }
        if (gapMeters(one.bounds(), other.bounds()) > limitMeters) {
            return Double.POSITIVE_INFINITY;
        }
        if (Relation.INTERSECTS.holds(one, other)) {
            return 0;
        }
        // apart from each other, one of the two nearest positions is an end of a line
        double best = nearest(one.paths(), other.paths(), Double.POSITIVE_INFINITY);
        return nearest(other.paths(), one.paths(), best);
    }

    /** A distance that two boxes have at least: that of their latitudes. */
    private static double gapMeters(Bounds one, Bounds other) {
        double degrees = Math.max(one.south() - other.north(), other.south() - one.north());
        return degrees <= 0 ? 0 : degrees * Earth.METERS_OF_DEGREE * 0.999999;
    }

    private static double nearest(List<double[]> points, List<double[]> lines, double atMost) {
        double best = atMost;
        for (double[] path : points) {
            for (int i = 0; i < path.length; i += 2) {
                for (double[] line : lines) {
                    best = nearest(path[i], path[i + 1], line, best);
                }
            }
        }
        return best;
    }

    private static double nearest(double longitude, double latitude, double[] line, double atMost) {
        if (line.length == 2) {
            return Math.min(atMost, Earth.distanceMeters(longitude, latitude, line[0], line[1]));
        }
        double best = atMost;
        for (int i = 0; i + 3 < line.length; i += 2) {
            double gap = Math.max(
                    Math.min(line[i + 1], line[i + 3]) - latitude, latitude - Math.max(line[i + 1], line[i + 3]));
            // most lines are too far to the north or the south already
            if (gap * Earth.METERS_OF_DEGREE < best) {
                best = Math.min(
                        best,
                        Earth.distanceToLineMeters(
                                longitude, latitude, line[i], line[i + 1], line[i + 2], line[i + 3]));
            }
        }
        return best;
    }
}
