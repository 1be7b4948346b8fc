/**
 * The history of entities, as NGSI-LD sees it (ETSI GS CIM 009 clauses 5.6.11 to 5.6.16, 5.7.3 and 5.7.4): writing it instance by instance,
 * reading parts of it, and aggregating it over periods. The store keeps it; what is asked of it is judged here.
 */
@NullMarked
package city.emona.broker.temporal;

import org.jspecify.annotations.NullMarked;
