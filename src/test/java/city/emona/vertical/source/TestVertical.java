package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.vertical.Findings;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/** A vertical of one type, {@code Thing} with a {@code level}, whose sources a test declares. */
public final class TestVertical {
    /** The type of its entities. */
    public static final String THING = "https://emona.city/test/Thing";

    /** The name of their attribute. */
    public static final String LEVEL = "https://emona.city/test/level";

    private TestVertical() {}

    /** A vertical {@code things} with sources in YAML, each as an item of the list {@code sources}. */
    public static Vertical of(Path folder, Contexts contexts, String sources) throws IOException {
        return of(folder, contexts, sources, """
                {"id": "urn:ngsi-ld:Thing:" & $require($string(id), "id"), "type": "Thing",
                 "level": {"value": level, "observedAt": $instant(at)}}
                """);
    }

    /** The same with another mapping. */
    public static Vertical of(Path folder, Contexts contexts, String sources, String mapping) throws IOException {
        Path home = folder.resolve("things");
        Files.createDirectories(home.resolve("models"));
        Files.createDirectories(home.resolve("mappings"));
        Files.writeString(home.resolve("models/context.jsonld"), """
                {"@context": {"Thing": "%s", "level": "%s"}}""".formatted(THING, LEVEL));
        Files.writeString(home.resolve("models/Thing.schema.json"), """
                {"type": "object", "required": ["id", "type"], "properties": {"level": {"type": ["number", "string"]}}}""");
        Files.writeString(home.resolve("mappings/thing.jsonata"), mapping);
        Files.writeString(home.resolve("vertical.yaml"), """
                format: 1
                id: things
                version: 1.0.0
                title: {sl: Stvari, en: Things}
                summary: {sl: Stvari za preizkus., en: Things to test with.}
                domain: test
                areas: [environment]
                steward:
                  name: {sl: Preizkus, en: Test}
                models:
                  context: models/context.jsonld
                  types:
                    Thing: models/Thing.schema.json
                sources:
                """ + sources.stripTrailing() + "\n");
        Findings findings = new Findings();
        var vertical = VerticalReader.read(home, contexts, findings);
        Assertions.assertThat(findings.list()).isEmpty();
        return vertical.orElseThrow();
    }

    /** A source in YAML with more lines of its own. */
    public static String source(String id, String lines) {
        return """
                  - id: %1$s
                    name: {sl: Vir %1$s, en: Source %1$s}
                    mapping: mappings/thing.jsonata
                """.formatted(id) + lines.indent(4);
    }
}
