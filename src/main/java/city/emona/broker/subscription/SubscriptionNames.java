package city.emona.broker.subscription;

import city.emona.context.Projection;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The names of types and attributes in the document of a subscription. What is of another kind than it should be is left as it is, for
 * {@link SubscriptionReader} to refuse.
 */
final class SubscriptionNames {
    private static final String IN_TYPES = ",|;()";
    private static final String IN_PROJECTIONS = ",|{}";
    private static final String IN_LISTS = ",";

    private final UnaryOperator<String> names;

    private SubscriptionNames(UnaryOperator<String> names) {
        this.names = names;
    }

    /** A copy of a document with each name replaced; what {@code q} and {@code csf} say stays as it was written. */
    static ObjectNode replace(ObjectNode document, UnaryOperator<String> names) {
        ObjectNode copy = document.deepCopy();
        new SubscriptionNames(names).replaceIn(copy);
        return copy;
    }

    private void replaceIn(ObjectNode document) {
        if (document.get("entities") instanceof ArrayNode entities) {
            entities.forEach(entity -> text(entity, "type", IN_TYPES, Set.of("*")));
        }
        texts(document.get("watchedAttributes"), "", Set.of());
        text(document, "expandValues", IN_LISTS, Set.of());
        text(document, "jsonKeys", IN_LISTS, Set.of());
        text(document.path("geoQ"), "geoproperty", "", Set.of());
        JsonNode notification = document.path("notification");
        texts(notification.get("attributes"), "", Set.of());
        texts(notification.get("pick"), IN_PROJECTIONS, Projection.IDENTITY);
        texts(notification.get("omit"), IN_PROJECTIONS, Projection.IDENTITY);
    }

    private void text(JsonNode object, String member, String delimiters, Set<String> kept) {
        if (object instanceof ObjectNode parent && parent.get(member) instanceof StringNode text) {
            parent.put(member, replaced(text.stringValue(), delimiters, kept));
        }
    }

    private void texts(@Nullable JsonNode node, String delimiters, Set<String> kept) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof StringNode text) {
                    array.set(i, StringNode.valueOf(replaced(text.stringValue(), delimiters, kept)));
                }
            }
        }
    }

    private String replaced(String text, String delimiters, Set<String> kept) {
        StringBuilder result = new StringBuilder(text.length());
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
                String name = text.substring(start, i).strip();
                result.append(name.isEmpty() || kept.contains(name) ? name : names.apply(name));
                if (i < text.length()) {
                    result.append(text.charAt(i));
                }
                start = i + 1;
            }
        }
        return result.toString();
    }
}
