package city.emona.broker;

import java.util.Set;

/** What a purge deletes of the entities that it is about (ETSI GS CIM 009 clause 5.6.21.4). Ids and types always stay. */
public sealed interface PurgeExtent {
    /** The entities themselves. */
    record Whole() implements PurgeExtent {}

    /**
     * These attributes.
     *
     * @param members expanded names, or {@code scope}
     */
    record Drop(Set<String> members) implements PurgeExtent {
        public Drop {
            members = Set.copyOf(members);
        }
    }

    /**
     * All attributes, and the scope, but these.
     *
     * @param members expanded names, or {@code scope}
     */
    record Keep(Set<String> members) implements PurgeExtent {
        public Keep {
            members = Set.copyOf(members);
        }
    }
}
