package city.emona.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An entity with expanded names (clause 4.5.1). Immutable.
 *
 * @param id a URI
 * @param types the expanded types, at least one
 * @param scopes the scopes, each with its leading slash (clause 4.18)
 * @param createdAt epoch milliseconds
 * @param modifiedAt epoch milliseconds
 * @param expiresAt epoch milliseconds, or 0 for never
 */
public record Entity(
        String id,
        List<String> types,
        List<String> scopes,
        long createdAt,
        long modifiedAt,
        long expiresAt,
        List<Attribute> attributes) {

    /** In the place of a fragment's expiry: the order to take the expiry away. */
    public static final long EXPIRY_REMOVED = -1;

    public Entity {
        Bounds.require(types.size(), Bounds.MAX_TYPES, "types");
        Bounds.require(scopes.size(), Bounds.MAX_SCOPES, "scopes");
        Bounds.require(attributes.size(), Bounds.MAX_ATTRIBUTES, "attributes");
        types = List.copyOf(types);
        scopes = List.copyOf(scopes);
        attributes = List.copyOf(attributes);
    }

    /** An attribute by its expanded name. */
    public Optional<Attribute> findAttribute(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /** The value of the default instance of an attribute, by its expanded name. */
    public Optional<JsonNode> findValue(String name) {
        return findAttribute(name).map(a -> a.main().value());
    }

    /** The value of an attribute as text, where it is a string. */
    public Optional<String> findText(String name) {
        return findValue(name).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /** The same entity with one attribute added, or put in the place of the one of that name. */
    public Entity withAttribute(Attribute attribute) {
        List<Attribute> changed = new ArrayList<>(attributes.size() + 1);
        boolean found = false;
        for (Attribute present : attributes) {
            if (present.name().equals(attribute.name())) {
                changed.add(attribute);
                found = true;
            } else {
                changed.add(present);
            }
        }
        if (!found) {
            changed.add(attribute);
        }
        return withAttributes(changed);
    }

    /** The same entity without an attribute. */
    public Entity withoutAttribute(String name) {
        return withAttributes(
                attributes.stream().filter(a -> !a.name().equals(name)).toList());
    }

    public Entity withAttributes(List<Attribute> changed) {
        return new Entity(id, types, scopes, createdAt, modifiedAt, expiresAt, changed);
    }

    public Entity withTypes(List<String> changed) {
        return new Entity(id, changed, scopes, createdAt, modifiedAt, expiresAt, attributes);
    }

    public Entity withScopes(List<String> changed) {
        return new Entity(id, types, changed, createdAt, modifiedAt, expiresAt, attributes);
    }

    public Entity withTimes(long created, long modified) {
        return new Entity(id, types, scopes, created, modified, expiresAt, attributes);
    }

    public Entity withExpiresAt(long changed) {
        return new Entity(id, types, scopes, createdAt, modifiedAt, changed, attributes);
    }

    /** When the first of the attributes, at any depth, expires, in epoch milliseconds; 0 for never. */
    long firstAttributeExpiry() {
        return Attribute.firstExpiry(attributes);
    }

    /** The same entity without the attribute instances that have expired. */
    public Entity withoutExpiredAttributes(long now) {
        return withAttributes(Attribute.withoutExpired(attributes, now));
    }

    /** Whether the two say the same, apart from the times of the system and the order of attributes. */
    public boolean sameContent(Entity other) {
        return id.equals(other.id)
                && types.equals(other.types)
                && scopes.equals(other.scopes)
                && expiresAt == other.expiresAt
                && Attribute.sameContent(attributes, other.attributes);
    }
}
