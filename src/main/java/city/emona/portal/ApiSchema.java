package city.emona.portal;

import city.emona.api.openapi.Schemas;
import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One data type as the page shows it.
 *
 * @param example as indented JSON; empty for none
 * @param schema as indented JSON Schema
 */
public record ApiSchema(String name, String description, List<Member> members, String example, String schema) {
    /**
     * One named member of an object.
     *
     * @param kind what its value is, in the words of JSON Schema and the names of data types
     */
    public record Member(String name, boolean required, String kind, String description) {}

    static List<ApiSchema> list(ObjectNode schemas) {
        List<ApiSchema> list = new ArrayList<>();
        schemas.properties().forEach(entry -> list.add(of(entry.getKey(), entry.getValue())));
        return list;
    }

    private static ApiSchema of(String name, JsonNode schema) {
        List<Member> members = new ArrayList<>();
        schema.path("properties")
                .properties()
                .forEach(member -> members.add(new Member(
                        member.getKey(),
                        isRequired(schema, member.getKey()),
                        kind(member.getValue()),
                        member.getValue().path("description").asString(""))));
        JsonNode example = schema.at("/examples/0");
        return new ApiSchema(
                name,
                schema.path("description").asString(""),
                members,
                example.isMissingNode() ? "" : Json.prettyText(example),
                Json.prettyText(schema));
    }

    private static boolean isRequired(JsonNode schema, String member) {
        return schema.path("required")
                .valueStream()
                .anyMatch(name -> name.stringValue().equals(member));
    }

    private static String kind(JsonNode schema) {
        if (schema.has("$ref")) {
            return schema.get("$ref").stringValue().substring(Schemas.REFERENCE.length());
        }
        for (String any : List.of("anyOf", "oneOf")) {
            if (schema.has(any)) {
                return schema.get(any)
                        .valueStream()
                        .map(ApiSchema::kind)
                        .distinct()
                        .collect(Collectors.joining(" | "));
            }
        }
        if (schema.has("const")) {
            return schema.get("const").asString("");
        }
        if (schema.has("enum")) {
            return schema.get("enum")
                    .valueStream()
                    .map(word -> word.asString(""))
                    .collect(Collectors.joining(" | "));
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream().map(word -> word.asString("")).collect(Collectors.joining(" | "));
        }
        if (type.asString("").equals("array") && schema.has("items")) {
            return kind(schema.get("items")) + "[]";
        }
        return type.asString("JSON");
    }
}
