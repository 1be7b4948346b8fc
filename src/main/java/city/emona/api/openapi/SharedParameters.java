package city.emona.api.openapi;

import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.ValueKind;
import city.emona.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The parameters that more than one operation has, described once.
 *
 * @param names the name of each among the components
 */
record SharedParameters(Map<Parameter, String> names) {
    static SharedParameters of(List<Operation> operations) {
        Map<Parameter, Integer> uses = new LinkedHashMap<>();
        for (Operation operation : operations) {
            operation.parameters().forEach(parameter -> uses.merge(parameter, 1, Integer::sum));
        }
        Map<Parameter, String> names = new LinkedHashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        uses.forEach((parameter, count) -> {
            if (count > 1) {
                int variant = taken.merge(parameter.name(), 1, Integer::sum);
                names.put(parameter, variant == 1 ? parameter.name() : parameter.name() + "-" + variant);
            }
        });
        return new SharedParameters(names);
    }

    /** The parameter where an operation lists it. */
    ObjectNode reference(Parameter parameter) {
        String name = names.get(parameter);
        return name == null ? describe(parameter) : Json.object().put("$ref", "#/components/parameters/" + name);
    }

    /** All that are shared. */
    ObjectNode describe() {
        ObjectNode components = Json.object();
        names.forEach((parameter, name) -> components.set(name, describe(parameter)));
        return components;
    }

    private static ObjectNode describe(Parameter parameter) {
        ObjectNode json = Json.object()
                .put("name", parameter.name())
                .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                .put("required", parameter.required())
                .put("description", parameter.description());
        ValueKind kind = parameter.kind();
        if (kind instanceof ValueKind.TextList || kind instanceof ValueKind.Choices) {
            json.put("style", "form").put("explode", false);
        }
        json.set("schema", kind.schema());
        if (!parameter.example().isEmpty()) {
            json.set("example", example(kind, parameter.example()));
        }
        return json;
    }

    private static JsonNode example(ValueKind kind, String text) {
        return switch (kind) {
            case ValueKind.Text _, ValueKind.Choice _ -> StringNode.valueOf(text);
            case ValueKind.Flag _ -> BooleanNode.valueOf(Boolean.parseBoolean(text));
            case ValueKind.Whole _ -> IntNode.valueOf(Integer.parseInt(text));
            case ValueKind.TextList _, ValueKind.Choices _ -> {
                ArrayNode list = Json.array();
                for (String item : text.split(",")) {
                    list.add(item);
                }
                yield list;
            }
        };
    }
}
