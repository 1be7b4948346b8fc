package city.emona.portal;

import city.emona.http.operation.Operation;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Parameter.Place;
import city.emona.http.operation.ValueKind;
import city.emona.json.Json;
import city.emona.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation as the page shows it.
 *
 * @param path the path template
 * @param base the address of this server, for commands
 */
public record ApiOperation(Operation operation, String path, String base, ObjectNode schemas) {
    /** A text in which every second part is code. */
    public static List<String> parts(String text) {
        return List.of(text.split("`", -1));
    }

    /** The parameters in one place of the request. */
    public List<Parameter> parameters(Place place) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.place() == place)
                .toList();
    }

    /** What a value of the parameter looks like, in the words of JSON Schema. */
    public static String kind(Parameter parameter, Page page) {
        return switch (parameter.kind()) {
            case ValueKind.Flag _ -> "true, false";
            case ValueKind.Whole whole -> page.t("api.whole", whole.least(), whole.otherwise());
            case ValueKind.Choice choice -> String.join(", ", choice.words());
            case ValueKind.Choices choices -> page.t("api.someOf", String.join(", ", choices.words()));
            case ValueKind.TextList _ -> page.t("api.list");
            case ValueKind.Text text -> text.format().equals("uri") ? "URI" : page.t("api.text");
        };
    }

    /** What may go wrong, by status. */
    public Map<Integer, List<ProblemType>> problems() {
        Map<Integer, List<ProblemType>> byStatus = new TreeMap<>();
        for (ProblemType type : operation.problems()) {
            List<ProblemType> same = byStatus.computeIfAbsent(type.status(), _ -> new ArrayList<>());
            if (!same.contains(type)) {
                same.add(type);
            }
        }
        return byStatus;
    }

    /** A command that can be tried as it stands, where the server has the data. */
    public String curl() {
        StringBuilder command = new StringBuilder("curl");
        if (!operation.method().equals("GET")) {
            command.append(" -X ").append(operation.method());
        }
        if (operation.path().equals("/events")) {
            command.append(" -N");
        }
        command.append(" '").append(base).append(filledPath()).append(query()).append('\'');
        operation.findBody().ifPresent(body -> {
            JsonNode example = schemas.at("/" + body.example() + "/examples/0");
            command.append(" \\\n  -H 'Content-Type: ")
                    .append(body.contents().getFirst().mediaType())
                    .append('\'');
            if (!body.example().isEmpty()) {
                command.append(" \\\n  -d '")
                        .append(Json.prettyText(example).replace("'", "'\\''"))
                        .append('\'');
            }
        });
        return command.toString();
    }

    private String filledPath() {
        String filled = path;
        for (Parameter parameter : parameters(Place.PATH)) {
            if (!parameter.example().isEmpty()) {
                filled = filled.replace("{" + parameter.name() + "}", parameter.example());
            }
        }
        return filled;
    }

    /** What is required; and where many entities are meant, of which type. */
    private String query() {
        List<String> parts = new ArrayList<>();
        boolean many = parameters(Place.PATH).isEmpty();
        for (Parameter parameter : parameters(Place.QUERY)) {
            boolean named = many && parameter.name().equals("type");
            if ((parameter.required() || named) && !parameter.example().isEmpty()) {
                parts.add(parameter.name() + "=" + parameter.example());
            }
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
