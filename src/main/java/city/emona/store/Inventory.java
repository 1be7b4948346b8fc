package city.emona.store;

import city.emona.context.AttributeType;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which types and attributes a tenant's entities have (ETSI GS CIM 009 clauses 5.7.5 to 5.7.10). Names are expanded and in order.
 *
 * @param types what there is of each entity type
 * @param instances how many instances there are of each attribute, in entities of any type
 */
public record Inventory(SortedMap<String, OfType> types, SortedMap<String, Long> instances) {
    /** The inventory of a tenant that has nothing. */
    public static final Inventory EMPTY = new Inventory(Collections.emptySortedMap(), Collections.emptySortedMap());

    /**
     * What there is of one entity type.
     *
     * @param entities how many entities are of the type
     * @param attributes the attributes that they have, each with the attribute types that occur
     */
    public record OfType(long entities, SortedMap<String, Set<AttributeType>> attributes) {}
}
