package city.emona.query;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path to an element of an entity (ETSI GS CIM 009 clause 4.9): over relationships to linked entities, an attribute and its
 * sub-attributes, or a member of the system; then perhaps into the value.
 *
 * @param links the relationships to follow first; mostly none
 * @param attributes the expanded names of the attribute and its sub-attributes; empty only where {@code member} is one of the entity
 * @param member the member that the path ends with; null when it ends with the attribute
 * @param trailing what stands in square brackets: names of members inside the value, or one language tag, or {@code *} for any language
 */
public record AttributePath(
        List<Link> links, List<String> attributes, @Nullable SystemMember member, List<String> trailing) {

    /** What stands in the brackets for any language. */
    public static final String ANY_LANGUAGE = "*";

    public AttributePath {
        links = List.copyOf(links);
        attributes = List.copyOf(attributes);
        trailing = List.copyOf(trailing);
    }

    /**
     * A relationship that is followed.
     *
     * @param relationship the expanded names of the relationship and, before it, of the attributes that it is below
     * @param types the expanded types of which the linked entity must have one; empty for any
     */
    public record Link(List<String> relationship, Set<String> types) {
        public Link {
            relationship = List.copyOf(relationship);
            types = Set.copyOf(types);
        }
    }

    /** The path of one attribute by its expanded name. */
    public static AttributePath of(String attribute) {
        return new AttributePath(List.of(), List.of(attribute), null, List.of());
    }

    /** Whether the path is that of an attribute itself, whose value is meant. */
    public boolean isPlainAttribute() {
        return links.isEmpty() && attributes.size() == 1 && member == null && trailing.isEmpty();
    }

    /** The same path without its first link. */
    AttributePath behindFirstLink() {
        return new AttributePath(links.subList(1, links.size()), attributes, member, trailing);
    }

    boolean namesAttribute() {
        return !attributes.isEmpty() || !links.isEmpty();
    }

    boolean isPossibleWith(Collection<String> names) {
        if (!links.isEmpty()) {
            return names.containsAll(links.getFirst().relationship());
        }
        return names.containsAll(attributes);
    }
}
