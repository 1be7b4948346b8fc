/** The query language of NGSI-LD (ETSI GS CIM 009 clause 4.9 and following) as values that check themselves. */
@NullMarked
package city.emona.query;

import org.jspecify.annotations.NullMarked;
