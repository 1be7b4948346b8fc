package city.emona.query;

import city.emona.query.Condition.And;
import city.emona.query.Condition.Comparison;
import city.emona.query.Condition.Exists;
import city.emona.query.Condition.Or;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells whether a JSON document fulfils a condition on its members (ETSI GS CIM 009 clause 4.9): a registration of a source ({@code csf}),
 * or a snapshot. The condition is read with {@link QueryNames#ofDocuments}. A member that is written as a Property or a Relationship has
 * the value of that, and an array offers each of its items.
 */
public final class DocumentEvaluator {
    private DocumentEvaluator() {}

    /** Whether the document fulfils the condition. */
    public static boolean matches(Condition condition, JsonNode document) {
        return switch (condition) {
            case And(var all) -> all.stream().allMatch(each -> matches(each, document));
            case Or(var any) -> any.stream().anyMatch(each -> matches(each, document));
            case Exists(var path) -> matches(path, null, document);
            case Comparison comparison -> matches(comparison.path(), comparison, document);
        };
    }

    private static boolean matches(AttributePath path, @Nullable Comparison comparison, JsonNode document) {
        // nothing is linked to a document
        if (!path.links().isEmpty()) {
            return false;
        }
        List<JsonNode> found = List.of(document);
        for (String name : path.attributes()) {
            found = members(found, name);
        }
        for (String name : path.trailing()) {
            found = members(found.stream().map(DocumentEvaluator::value).toList(), name);
        }
        for (JsonNode node : found) {
            if (comparison == null || Comparisons.matches(value(node), comparison)) {
                return true;
            }
        }
        return false;
    }

    private static List<JsonNode> members(List<JsonNode> nodes, String name) {
        List<JsonNode> members = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.isArray()) {
                node.forEach(item -> addMember(members, item, name));
            } else {
                addMember(members, node, name);
            }
        }
        return members;
    }

    private static void addMember(List<JsonNode> members, JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member != null) {
            members.add(member);
        }
    }

    private static JsonNode value(JsonNode node) {
        JsonNode type = node.get("type");
        if (type == null || !type.isString()) {
            return node;
        }
        JsonNode value =
                switch (type.stringValue()) {
                    case "Property" -> node.get("value");
                    case "Relationship" -> node.get("object");
                    default -> node;
                };
        return value == null ? node : value;
    }
}
