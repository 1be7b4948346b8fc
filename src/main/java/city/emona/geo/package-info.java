/**
 * Geometries of GeoJSON (RFC 7946): what is one, how two lie to each other, and how far apart they are in metres. It alone knows the
 * geometry library.
 */
@NullMarked
package city.emona.geo;

import org.jspecify.annotations.NullMarked;
