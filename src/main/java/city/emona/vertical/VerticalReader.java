package city.emona.vertical;

import city.emona.context.Contexts;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.store.Retention;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the folder of one vertical. Everything that is wrong is found at once. */
public final class VerticalReader {
    /** The file that describes a vertical. */
    public static final String DESCRIPTION = "vertical.yaml";

    private static final int FORMAT = 1;
    private static final Pattern LICENCE = Pattern.compile("https?://\\S+");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String NAME_IN_WORDS = "a name of lower-case letters, digits and hyphens";
    private static final int DEFAULT_MAX_BYTES = 16_000_000;
    /** How often a source that nobody asks is looked at. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** The parts of the description that may ask for answers. */
    private static final List<String> ANSWERED = List.of("sources", "rules", "indicators");

    private final Path folder;
    private final Contexts contexts;
    private final Findings findings;
    private final PackageFiles files;

    private final Map<String, String> answers;

    VerticalReader(Path folder, Contexts contexts, Findings findings, Map<String, String> answers) {
        this.answers = answers;
        this.folder = folder;
        this.contexts = contexts;
        this.findings = findings;
        this.files = new PackageFiles(folder, findings);
    }

    /** The vertical in a folder; empty when there are findings, all of which are added to {@code findings}. */
    public static Optional<Vertical> read(Path folder, Contexts contexts, Findings findings) {
        return read(folder, contexts, findings, Map.of());
    }

    /** The vertical in a folder, with the city's answers to its questions. */
    public static Optional<Vertical> read(
            Path folder, Contexts contexts, Findings findings, Map<String, String> answers) {
        VerticalReader reader = new VerticalReader(folder, contexts, findings, answers);
        Optional<Vertical> vertical = reader.files
                .text(DESCRIPTION, DESCRIPTION, 0)
                .flatMap(text -> new YamlFile(DESCRIPTION, findings).read(text))
                .flatMap(reader::vertical);
        return findings.isEmpty() ? vertical : Optional.empty();
    }

    Optional<Vertical> vertical(YamlMap map) {
        if (map.wholeNumber("format", 0) != FORMAT) {
            map.finding("format", "The format is not " + FORMAT + ".", "Write »format: " + FORMAT + "«.");
        }
        String id = map.text("id", NAME, NAME_IN_WORDS);
        SemanticVersion version = version(map);
        LocalizedText title = map.localized("title");
        LocalizedText summary = map.localized("summary");
        Packaging packaging = new PackagingReader(this::mapping).read(map);
        for (String answered : ANSWERED) {
            PackagingReader.fill(map, answered, packaging.questions(), answers);
        }
        String domain = map.text("domain", NAME, NAME_IN_WORDS);
        List<String> areas = map.texts("areas");
        Vertical.Steward steward = map.map("steward")
                .map(VerticalReader::steward)
                .orElse(new Vertical.Steward(LocalizedText.same("?"), ""));
        Optional<Models> models = map.map("models").flatMap(this::models);
        List<SourceSpec> sources = map.maps("sources", this::source);
        List<View> views = models.map(m -> views(map, m)).orElse(List.of());
        List<DatasetSpec> datasets =
                models.map(m -> map.maps("datasets", item -> dataset(item, m))).orElse(List.of());
        List<Retention> history = models.map(m ->
                        map.maps("history", item -> HistoryReader.read(item, m, terms(m.context()))))
                .orElse(List.of());
        List<ExampleSpec> examples = map.maps("examples", item -> example(item, sources));
        List<RuleSpec> rules = models.map(m ->
                        map.maps("rules", item -> new RuleReader(terms(m.context()), m, domain).read(item)))
                .orElse(List.of());
        List<IndicatorSpec> indicators = models.map(m ->
                        map.maps("indicators", item -> new IndicatorReader(terms(m.context()), m).read(item)))
                .orElse(List.of());
        List<DemoSpec> demo = map.maps("demo", new DemoReader(files, sources)::read);
        unique(map, "demo", demo.stream().map(DemoSpec::source).toList());
        unique(map, "sources", sources.stream().map(SourceSpec::id).toList());
        unique(
                map,
                "questions",
                packaging.questions().stream().map(Question::id).toList());
        unique(map, "datasets", datasets.stream().map(DatasetSpec::id).toList());
        unique(map, "rules", rules.stream().map(RuleSpec::id).toList());
        unique(map, "indicators", indicators.stream().map(IndicatorSpec::id).toList());
        IndicatorReader.checkNames(map, indicators);
        map.done();
        return models.map(m -> new Vertical(
                id,
                version,
                title,
                summary,
                domain,
                areas,
                steward,
                m,
                sources,
                views,
                datasets,
                history,
                examples,
                demo,
                packaging,
                rules,
                indicators,
                folder));
    }

    private static SemanticVersion version(YamlMap map) {
        String text = map.text("version");
        return SemanticVersion.parse(text).orElseGet(() -> {
            if (map.has("version")) {
                map.finding("version", "»version: " + text + "« is not a semantic version.", "Write it like 1.4.0.");
            }
            return new SemanticVersion(0, 0, 0);
        });
    }

    private static Vertical.Steward steward(YamlMap map) {
        Vertical.Steward steward = new Vertical.Steward(
                map.localized("name"), map.findText("contact").orElse(""));
        map.done();
        return steward;
    }

    private static void unique(YamlMap map, String key, List<String> ids) {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                map.finding(key, "»" + id + "« stands twice among the " + key + ".", "Give each its own id.");
            }
        }
    }

    private Optional<Models> models(YamlMap map) {
        String contextFile = map.text("context");
        Optional<ObjectNode> context = map.has("context")
                ? files.json(contextFile, DESCRIPTION, map.lineOf("context"))
                        .flatMap(document -> context(contextFile, document.get("@context")))
                : Optional.empty();
        Map<String, String> schemaFiles =
                map.map("types").map(YamlMap::allTexts).orElse(Map.of());
        List<Models.EntityType> types = new ArrayList<>();
        for (var entry : schemaFiles.entrySet()) {
            String term = entry.getKey();
            files.json(entry.getValue(), DESCRIPTION, map.lineOf("types"))
                    .ifPresent(schema -> context.ifPresent(known -> {
                        if (!known.has(term)) {
                            map.finding(
                                    "types",
                                    "»" + term + "« is not a term of " + contextFile + ".",
                                    "Define it there.");
                        }
                        types.add(new Models.EntityType(term, terms(known).expand(term), entry.getValue(), schema));
                    }));
        }
        map.done();
        return context.map(known -> new Models(known, types));
    }

    private Optional<ObjectNode> context(String file, @Nullable JsonNode context) {
        if (!(context instanceof ObjectNode object)) {
            findings.add(file, 0, "The file has no object under »@context«.", "Write {\"@context\": {…}}.");
            return Optional.empty();
        }
        try {
            contexts.compile(object);
            return Optional.of(object);
        } catch (Problem e) {
            findings.add(file, 0, e.detail(), e.remedy());
            return Optional.empty();
        }
    }

    private TermTable terms(ObjectNode context) {
        return contexts.compile(context);
    }

    private List<View> views(YamlMap map, Models models) {
        TermTable terms = terms(models.context());
        ObjectNode known = models.context();
        return map.maps(
                "views",
                item -> new ViewReader(
                                terms,
                                term -> known.has(term)
                                        || !TermTable.core().expand(term).endsWith("/default-context/" + term))
                        .read(item, models));
    }

    private Optional<SourceSpec> source(YamlMap map) {
        String id = map.text("id", NAME, NAME_IN_WORDS);
        LocalizedText name = map.localized("name");
        SourceSpec.Connector connector = map.oneOf("connector", SourceSpec.Connector.class);
        String address = connector.isAsked()
                ? map.text("address")
                : map.findText("address").orElse("");
        Duration every = connector.isScheduled()
                ? map.duration("every")
                : map.findDuration("every").orElse(LOOK_EVERY);
        Duration timeout = map.findDuration("timeout").orElse(Duration.ofSeconds(30));
        int maxBytes = map.wholeNumber("maxBytes", DEFAULT_MAX_BYTES);
        Optional<Duration> staleAfter = map.findDuration("staleAfter");
        RecordFormat format = SourceReader.format(map, connector);
        Optional<Charset> charset = map.findText("encoding").flatMap(text -> charset(map, text));
        SourceSpec.MappingSpec mapping = mapping(map, "mapping");
        Map<String, String> variables =
                map.findMap("variables").map(YamlMap::allTexts).orElse(Map.of());
        boolean completes = map.flag("completes", false);
        List<String> personal = map.texts("personal");
        boolean enabled = map.flag("enabled", true);
        Transport transport = SourceReader.transport(map);
        return map.make(() -> new SourceSpec(
                id,
                name,
                connector,
                address,
                every,
                timeout,
                maxBytes,
                staleAfter.orElse(null),
                format,
                charset.orElse(null),
                mapping,
                variables,
                completes,
                personal,
                enabled,
                transport));
    }

    private static Optional<Charset> charset(YamlMap map, String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException e) {
            map.finding("encoding", "»" + name + "« is not an encoding.", "Use a name such as UTF-8 or windows-1250.");
            return Optional.empty();
        }
    }

    private SourceSpec.MappingSpec mapping(YamlMap map, String key) {
        String file = map.text(key);
        String expression =
                map.has(key) ? files.text(file, DESCRIPTION, map.lineOf(key)).orElse("") : "";
        return new SourceSpec.MappingSpec(file, expression);
    }

    private Optional<DatasetSpec> dataset(YamlMap map, Models models) {
        return Optional.of(new DatasetSpec(
                map.text("id", NAME, NAME_IN_WORDS),
                map.localized("title"),
                map.localized("description"),
                licence(map),
                map.localized("attribution"),
                map.duration("updateFrequency"),
                map.texts("types"),
                map.findMap("quality")
                        .flatMap(item -> QualityReader.read(item, models, terms(models.context())))
                        .orElse(null)));
    }

    private static String licence(YamlMap map) {
        String licence = map.text("licence");
        if (map.has("licence") && !LICENCE.matcher(licence).matches()) {
            map.finding(
                    "licence",
                    "»" + licence + "« is not the address of a licence.",
                    "Write it like http://publications.europa.eu/resource/authority/licence/CC_BY_4_0.");
        }
        return licence;
    }

    private Optional<ExampleSpec> example(YamlMap map, List<SourceSpec> sources) {
        String name = map.text("name");
        String source = map.text("source");
        if (map.has("source") && sources.stream().noneMatch(s -> s.id().equals(source))) {
            map.finding("source", "There is no source »" + source + "«.", "Use the id of a source.");
        }
        String input = map.text("input");
        if (map.has("input")) {
            files.find(input, DESCRIPTION, map.lineOf("input"));
        }
        String expected = map.text("expected");
        if (map.has("expected")) {
            files.json(
                    expected,
                    DESCRIPTION,
                    map.lineOf("expected"),
                    "Make it with {} in it; »vertical test DIR --write« fills it.");
        }
        return Optional.of(new ExampleSpec(
                name,
                source,
                input,
                expected,
                fetchedAt(map),
                map.findText("topic").orElse(null)));
    }

    private static Instant fetchedAt(YamlMap map) {
        String text = map.text("fetchedAt");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            if (map.has("fetchedAt")) {
                map.finding("fetchedAt", "»" + text + "« is not a time.", "Write it like 2026-01-31T10:00:00Z.");
            }
            return Instant.EPOCH;
        }
    }
}
