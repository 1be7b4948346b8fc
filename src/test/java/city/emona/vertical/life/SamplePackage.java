package city.emona.vertical.life;

import city.emona.vertical.Findings;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageZip;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small vertical of public fountains, of which tests change what they are about. */
public final class SamplePackage {
    public static final String TYPE = "https://example.org/ns/Fountain";

    private final Map<String, String> files = new TreeMap<>();

    public SamplePackage() {
        files.put("vertical.yaml", """
                format: 1
                id: fountains
                publisher: example
                version: 1.0.0
                title: {sl: Pitniki, en: Fountains}
                summary: {sl: Pitniki mesta., en: Fountains of the city.}
                domain: environment
                areas: [environment]
                steward: {name: {sl: Vodovod, en: Waterworks}}
                models:
                  context: models/context.jsonld
                  types:
                    Fountain: models/Fountain.schema.json
                sources:
                  - id: list
                    name: {sl: Seznam, en: List}
                    connector: file
                    address: data/fountains.json
                    every: 1h
                    format: json
                    mapping: mappings/list.jsonata
                views:
                  - type: Fountain
                    title: {sl: Pitniki, en: Fountains}
                    noun: {sl: [pitnik, pitnika, pitniki, pitnikov], en: [fountain, fountains]}
                    name: name
                    staleAfter: 2d
                    columns:
                      - {attribute: flow, title: {sl: Pretok, en: Flow}, unit: l/min}
                examples:
                  - name: two fountains
                    source: list
                    input: data/fountains.json
                    expected: examples/list.expected.json
                    fetchedAt: 2026-11-25T08:00:00Z
                """);
        files.put("models/context.jsonld", """
                {"@context": {"Fountain": "https://example.org/ns/Fountain", "flow": "https://example.org/ns/flow",
                  "state": "https://example.org/ns/state", "name": "https://example.org/ns/name"}}
                """);
        files.put("models/Fountain.schema.json", """
                {"type": "object", "required": ["id", "type", "name"], "properties": {
                  "id": {"type": "string"}, "type": {"const": "Fountain"}, "name": {"type": "string"},
                  "flow": {"type": "number"}, "state": {"enum": ["on", "off"]}}}
                """);
        files.put("mappings/list.jsonata", """
                {"id": "urn:ngsi-ld:Fountain:" & id, "type": "Fountain",
                 "name": {"value": name}, "flow": {"value": flow}}
                """);
        files.put("data/fountains.json", """
                [{"id": "1", "name": "Trg", "flow": 3}, {"id": "2", "name": "Park", "flow": 4.5}]
                """);
        files.put("examples/list.expected.json", """
                {"entities": [
                  {"id": "urn:ngsi-ld:Fountain:1", "type": "Fountain", "name": {"value": "Trg"}, "flow": {"value": 3}},
                  {"id": "urn:ngsi-ld:Fountain:2", "type": "Fountain", "name": {"value": "Park"}, "flow": {"value": 4.5}}],
                 "rejected": [], "notes": []}
                """);
    }

    public SamplePackage with(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** Replaces what must be there. */
    public SamplePackage edit(String path, String from, String to) {
        String text = files.get(path);
        if (text == null || !text.contains(from)) {
            throw new IllegalArgumentException(path + " does not hold " + from);
        }
        files.put(path, text.replace(from, to));
        return this;
    }

    public SamplePackage version(String version) {
        files.computeIfPresent("vertical.yaml", (_, text) -> text.replaceFirst("version: \\S+", "version: " + version));
        return this;
    }

    public PackageContent content() {
        TreeMap<String, byte[]> bytes = new TreeMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        Findings findings = new Findings();
        Optional<PackageContent> read = PackageZip.read(PackageZip.write(PackageContent.of(bytes)), findings);
        return read.orElseThrow(() -> new IllegalStateException(findings.list().toString()));
    }

    public byte[] zip() {
        return PackageZip.write(content());
    }
}
