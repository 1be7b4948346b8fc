package city.emona.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.json.Json;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the published schema and the reader at one. */
class VerticalSchemaTest {
    private static final Path EVERYTHING = Path.of("src/test/fixtures/everything");
    private static final JsonNode SCHEMA = Json.parse(VerticalSchema.bytes());

    private static final Schema COMPILED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA);

    static Stream<Path> folders() throws IOException {
        try (Stream<Path> shipped = Files.list(Path.of("verticals"))) {
            return Stream.concat(shipped.toList().stream(), Stream.of(EVERYTHING));
        }
    }

    private static JsonNode yaml(Path folder) throws IOException {
        Object plain = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(folder.resolve(VerticalReader.DESCRIPTION)));
        return Json.fromPlain(plain);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyVerticalKeepsTheSchema(Path folder) throws IOException {
        assertThat(COMPILED.validate(yaml(folder))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() throws IOException {
        JsonNode changed = Json.parse(Json.bytes(yaml(EVERYTHING)));
        ((ObjectNode) changed).put("domian", "x");
        assertThat(COMPILED.validate(changed)).isNotEmpty();
    }

    @Test
    void theReaderAsksForTheMembersOfTheSchemaAndForNoOthers() throws IOException {
        Findings findings = new Findings();
        YamlFile file = new YamlFile(VerticalReader.DESCRIPTION, findings);
        Contexts contexts = new Contexts(_ -> Json.object());
        var _ = file.read(Files.readString(EVERYTHING.resolve(VerticalReader.DESCRIPTION)))
                .flatMap(new VerticalReader(EVERYTHING, contexts, findings, Map.of())::vertical)
                .orElseThrow();
        assertThat(findings.list()).isEmpty();
        Map<String, Set<String>> asked = new TreeMap<>(file.asked());
        asked.keySet().removeIf(place -> place.contains(".values.") || place.endsWith(".entities[]"));
        Map<String, Set<String>> declared = new TreeMap<>();
        collect(SCHEMA, "", declared);
        assertThat(asked).isEqualTo(declared);
    }

    /** The members that the schema declares at each place where it declares all of them. */
    private static void collect(JsonNode schema, String path, Map<String, Set<String>> declared) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = SCHEMA.at(at.get("$ref").stringValue().substring(1));
        }
        if (at.path("additionalProperties").isBoolean()) {
            declared.put(path, new TreeSet<>(at.get("properties").propertyNames()));
        }
        for (var property : at.path("properties").properties()) {
            collect(property.getValue(), path.isEmpty() ? property.getKey() : path + "." + property.getKey(), declared);
        }
        if (at.has("items")) {
            collect(at.get("items"), path + "[]", declared);
        }
    }
}
