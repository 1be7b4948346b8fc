package city.emona.api.openapi;

import city.emona.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The data types of the API by name: the file {@code schemas.yaml}, in which a reference is the name of another schema. */
public final class Schemas {
    /** What stands before the name of a schema in a reference. */
    public static final String REFERENCE = "#/components/schemas/";

    private Schemas() {}

    /** Reads the file. */
    public static ObjectNode load() {
        try (InputStream file = Objects.requireNonNull(Schemas.class.getResourceAsStream("schemas.yaml"))) {
            Object plain =
                    new Load(LoadSettings.builder().setLabel("schemas.yaml").build()).loadFromInputStream(file);
            ObjectNode schemas = Json.fromPlain(plain).asObject();
            completeReferences(schemas);
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void completeReferences(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            object.put("$ref", REFERENCE + object.get("$ref").stringValue());
        }
        node.forEach(Schemas::completeReferences);
    }
}
