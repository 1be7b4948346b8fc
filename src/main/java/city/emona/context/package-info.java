/**
 * The NGSI-LD information model (ETSI GS CIM 009 clause 4.5): entities and attributes with expanded names, JSON-LD contexts compiled
 * to term tables, the readers and writers of the representations, and the packed form in which the store keeps an entity.
 */
@NullMarked
package city.emona.context;

import org.jspecify.annotations.NullMarked;
