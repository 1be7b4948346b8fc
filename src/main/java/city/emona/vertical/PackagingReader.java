package city.emona.vertical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a vertical says about itself as a package, and puts answers where declarations ask for them. */
final class PackagingReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern QUESTION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");

    private final BiFunction<YamlMap, String, SourceSpec.MappingSpec> files;

    /** @param files reads the JSONata file that a member names */
    PackagingReader(BiFunction<YamlMap, String, SourceSpec.MappingSpec> files) {
        this.files = files;
    }

    Packaging read(YamlMap map) {
        String publisher = map.has("publisher")
                ? map.text("publisher", NAME, "a name of lower-case letters, digits and hyphens")
                : Packaging.OWN_PUBLISHER;
        VersionRange[] platform = {VersionRange.ANY};
        Map<String, VersionRange> needs = new HashMap<>();
        map.findMap("requires").ifPresent(requires -> {
            platform[0] = range(requires, Packaging.PLATFORM);
            requires.findMap("verticals")
                    .ifPresent(verticals ->
                            verticals.allTexts().keySet().forEach(id -> needs.put(id, range(verticals, id))));
            requires.done();
        });
        List<Question> questions = map.maps("questions", PackagingReader::question);
        List<MigrationSpec> migrations = map.maps("migrations", this::migration);
        return new Packaging(publisher, platform[0], needs, questions, migrations);
    }

    private static VersionRange range(YamlMap map, String key) {
        return map.findText(key)
                .map(text -> VersionRange.parse(text).orElseGet(() -> {
                    map.finding(
                            key,
                            "»" + key + ": " + text + "« is not a range of versions.",
                            "Write it like '>=1.2 <3' or ^1.4.");
                    return VersionRange.ANY;
                }))
                .orElse(VersionRange.ANY);
    }

    private static Optional<Question> question(YamlMap map) {
        String id = map.text("id", QUESTION, "a name of letters and digits");
        Question.Kind kind = map.oneOf("kind", Question.Kind.class);
        LocalizedText title = map.localized("title");
        LocalizedText help = map.has("help") ? map.localized("help") : null;
        boolean required = map.flag("required", true);
        String otherwise = map.findText("default").orElse(null);
        List<Question.Choice> choices = map.maps(
                "choices", item -> Optional.of(new Question.Choice(item.text("value"), item.localized("title"))));
        Double least = map.findNumber("least").orElse(null);
        Double most = map.findNumber("most").orElse(null);
        Optional<Question> question =
                map.make(() -> new Question(id, kind, title, help, required, otherwise, choices, least, most));
        question.flatMap(made -> made.findOtherwise().flatMap(made::findFault))
                .ifPresent(fault -> map.finding("default", fault.en(), "Correct the default."));
        return question;
    }

    private Optional<MigrationSpec> migration(YamlMap map) {
        map.text("from");
        VersionRange from = range(map, "from");
        Map<String, SourceSpec.MappingSpec> types = new LinkedHashMap<>();
        map.map("types")
                .ifPresent(named ->
                        named.allTexts().keySet().forEach(type -> types.put(type, files.apply(named, type))));
        return Optional.of(new MigrationSpec(from, types));
    }

    /** Puts answers into a part of the description; secrets stay places until a source connects. */
    static void fill(YamlMap map, String key, List<Question> questions, Map<String, String> answers) {
        map.rewrite(key, (line, text) -> {
            Matcher places = InstallSecrets.PLACE.matcher(text);
            List<String> unknown = new ArrayList<>();
            String filled = places.replaceAll(place -> {
                Optional<Question> question = questions.stream()
                        .filter(q -> q.id().equals(place.group(1)))
                        .findFirst();
                if (question.isEmpty()) {
                    unknown.add(place.group(1));
                }
                return Matcher.quoteReplacement(
                        question.flatMap(q -> value(q, answers)).orElse(place.group()));
            });
            for (String id : unknown) {
                map.findingAt(line, "»${" + id + "}« is the answer to no question.", "Add it under »questions«.");
            }
            return filled;
        });
    }

    private static Optional<String> value(Question question, Map<String, String> answers) {
        return question.kind() == Question.Kind.SECRET
                ? Optional.empty()
                : Optional.ofNullable(answers.get(question.id())).or(question::findOtherwise);
    }
}
