/** The NGSI-LD operations on entities (ETSI GS CIM 009 clauses 5.6 and 5.7), for every floor above. */
@NullMarked
package city.emona.broker;

import org.jspecify.annotations.NullMarked;
