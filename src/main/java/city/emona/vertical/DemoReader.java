package city.emona.vertical;

import city.emona.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads what a source reads in the demo city. */
final class DemoReader {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}\\.[a-z0-9]{1,8}");

    private final PackageFiles files;
    private final List<SourceSpec> sources;

    DemoReader(PackageFiles files, List<SourceSpec> sources) {
        this.files = files;
        this.sources = sources;
    }

    Optional<DemoSpec> read(YamlMap map) {
        String source = map.text("source");
        if (map.has("source") && sources.stream().noneMatch(s -> s.id().equals(source))) {
            map.finding("source", "There is no source »" + source + "«.", "Use the id of a source.");
        }
        Duration every = map.findDuration("every").orElse(EVERY);
        Map<String, String> variables =
                map.findMap("variables").map(YamlMap::allTexts).orElse(Map.of());
        JsonNode data = map.findText("data")
                .flatMap(file -> files.json(file, VerticalReader.DESCRIPTION, map.lineOf("data")))
                .orElseGet(Json::object);
        Map<String, SourceSpec.MappingSpec> documents =
                map.map("documents").map(this::documents).orElse(Map.of());
        return map.has("documents")
                ? map.make(() -> new DemoSpec(source, every, variables, data, documents))
                : Optional.empty();
    }

    private Map<String, SourceSpec.MappingSpec> documents(YamlMap map) {
        Map<String, SourceSpec.MappingSpec> documents = new LinkedHashMap<>();
        map.allTexts().forEach((name, file) -> {
            if (!NAME.matcher(name).matches()) {
                map.finding(
                        name, "»" + name + "« is no name of a document.", "Write a file name such as stations.json.");
            }
            String expression = files.text(file, VerticalReader.DESCRIPTION, map.lineOf(name))
                    .orElse("");
            documents.put(name, new SourceSpec.MappingSpec(file, expression));
        });
        return documents;
    }
}
