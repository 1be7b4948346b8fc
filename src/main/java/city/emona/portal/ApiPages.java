package city.emona.portal;

import city.emona.api.openapi.OpenApiDocument;
import city.emona.api.openapi.Schemas;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Operations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The page that shows people what programs can ask: the same operations and data types as the OpenAPI document. */
final class ApiPages {
    /** The address without the language. */
    static final String PATH = "/help/api";

    private final Desk desk;
    private final Operations operations;

    ApiPages(Desk desk, Operations operations) {
        this.desk = desk;
        this.operations = operations;
    }

    Response api(Request request, Language language) {
        Texts texts = Texts.of(language);
        Page page = desk.page(language, PATH, texts.text("api.title"), texts.text("api.description"), Follows.NOTHING);
        String base = VerticalPages.baseAddress(request);
        ObjectNode schemas = Schemas.load();
        return Templates.page(
                200,
                "api",
                Map.of(
                        "page",
                        page,
                        "base",
                        base,
                        "document",
                        "/openapi",
                        "groups",
                        groups(base, schemas),
                        "schemas",
                        ApiSchema.list(schemas)));
    }

    private List<ApiGroup> groups(String base, ObjectNode schemas) {
        Map<String, List<ApiOperation>> byGroup = new LinkedHashMap<>();
        for (Operation operation : operations.list()) {
            byGroup.computeIfAbsent(operation.group(), _ -> new ArrayList<>())
                    .add(new ApiOperation(operation, OpenApiDocument.template(operation.path()), base, schemas));
        }
        return byGroup.entrySet().stream()
                .map(group -> new ApiGroup(group.getKey(), group.getValue()))
                .toList();
    }
}
