package city.emona.geo;

import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;

/** How one geometry lies to another, in the plane of longitude and latitude (OGC 06-103r4, as ETSI GS CIM 009 clause 4.10 refers to it). */
public enum Relation {
    WITHIN,
    CONTAINS,
    INTERSECTS,
    EQUALS,
    DISJOINT,
    OVERLAPS;

    /** Whether the first geometry lies so to the second; one without positions is only ever disjoint. */
    public boolean holds(Geometry one, Geometry other) {
        if (!one.bounds().intersects(other.bounds())) {
            return this == DISJOINT;
        }
        try {
            return RelateNG.relate(one.planar(), other.planar(), predicate());
        } catch (RuntimeException e) {
            // lines that cross themselves can be beyond the library; what it mends is not
            return RelateNG.relate(GeometryFixer.fix(one.planar()), GeometryFixer.fix(other.planar()), predicate());
        }
    }

    private TopologyPredicate predicate() {
        return switch (this) {
            case WITHIN -> RelatePredicate.within();
            case CONTAINS -> RelatePredicate.contains();
            case INTERSECTS -> RelatePredicate.intersects();
            case EQUALS -> RelatePredicate.equalsTopo();
            case DISJOINT -> RelatePredicate.disjoint();
            case OVERLAPS -> RelatePredicate.overlaps();
        };
    }
}
