/** The HTTP binding of NGSI-LD (ETSI GS CIM 009 clause 6): paths, parameters, media types, contexts and errors. */
@NullMarked
package city.emona.api.ngsild;

import org.jspecify.annotations.NullMarked;
