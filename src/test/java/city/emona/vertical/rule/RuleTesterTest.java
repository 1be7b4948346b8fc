package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and their examples, as an author writes them. */
class RuleTesterTest {
    private static final Contexts CONTEXTS = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });

    @TempDir
    Path folder;

    static Stream<Vertical> shipped() {
        return Verticals.load(Path.of("verticals"), CONTEXTS).list().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyExampleOfTheShippedRulesGoesAsPromised(Vertical vertical) {
        assertThat(vertical.rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.examples()).isNotEmpty());
        assertThat(new RuleTester(CONTEXTS).test(vertical))
                .allSatisfy(result ->
                        assertThat(result.differences()).as(result.name()).isEmpty());
    }

    private Findings read(String rules) throws IOException {
        Path shipped = Path.of("verticals/air-quality");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path description = folder.resolve("vertical.yaml");
        String text = Files.readString(description);
        int from = text.indexOf("\nrules:");
        int to = text.indexOf("\nindicators:");
        Files.writeString(description, text.substring(0, from) + "\n" + rules + text.substring(to));
        Findings findings = new Findings();
        vertical = VerticalReader.read(folder, CONTEXTS, findings).orElse(null);
        return findings;
    }

    private @org.jspecify.annotations.Nullable Vertical vertical;

    private static String rule(String tests, String rest) {
        return """
                rules:
                  - id: one
                    title: {sl: Ena, en: One}
                    type: AirQualityObserved
                    %s
                    severity: minor
                    message: {sl: 'Vrednost {pm10}', en: 'Value {pm10}'}
                    %s
                """.formatted(tests, rest);
    }

    private List<String> differences(String tests, String example) throws IOException {
        assertThat(read(rule(tests, "examples:\n      - " + example)).list()).isEmpty();
        return new RuleTester(CONTEXTS)
                .test(java.util.Objects.requireNonNull(vertical)).stream()
                        .flatMap(result -> result.differences().stream())
                        .toList();
    }

    @Test
    void tellsWhatHappenedOtherwiseThanPromised() throws IOException {
        assertThat(differences(
                        "when: pm10>50\n    for: 10m",
                        "{name: n, steps: [{at: 0m, set: {pm10: 60}}], expect: [{at: 5m, raised: it}], until: 1h}"))
                .containsExactly(
                        "expected, but did not happen: +5m raised it",
                        "happened, but was not expected: +10m raised it");
    }

    @Test
    void knowsWhatLiesInsideAndOutside() throws IOException {
        String square =
                "{geometry: '{\"type\":\"Polygon\",\"coordinates\":[[[14.4,46.0],[14.6,46.0],[14.6,46.1],[14.4,46.1],[14.4,46.0]]]}'}";
        String steps =
                "{at: 0m, set: {location: '{\"type\":\"Point\",\"coordinates\":[14.5,46.05]}'}}, {at: 5m, set: {location: '{\"type\":\"Point\",\"coordinates\":[14.7,46.05]}'}}";
        String story = "{name: n, steps: [" + steps + "], expect: [";
        assertThat(differences("inside: " + square, story + "{at: 0m, raised: it}, {at: 5m, cleared: it}]}"))
                .isEmpty();
        assertThat(differences("outside: " + square, story + "{at: 5m, raised: it}]}"))
                .isEmpty();
    }

    @Test
    void measuresTheDistanceFromAnEntityThatMoves() throws IOException {
        String place = "{location: '{\"type\":\"Point\",\"coordinates\":[%s,46.05]}'}";
        assertThat(differences(
                        "inside: {entity: 'urn:ngsi-ld:AirQualityObserved:tower', within: 500}",
                        "{name: n, steps: [{at: 0m, entity: tower, set: " + place.formatted("14.6")
                                + "}, {at: 1m, set: " + place.formatted("14.5") + "}, {at: 2m, entity: tower, set: "
                                + place.formatted("14.501")
                                + "}], expect: [{at: 0m, raised: tower}, {at: 125s, raised: it}], until: 5m}"))
                .isEmpty();
    }

    @Test
    void seesAFall() throws IOException {
        assertThat(
                        differences(
                                "fall: {attribute: pm10, by: 30, within: 1h}",
                                "{name: n, steps: [{at: 0m, set: {pm10: 60}}, {at: 30m, set: {pm10: 20}}], expect: [{at: 30m, raised: it}, {at: 60m, cleared: it}], until: 3h}"))
                .isEmpty();
    }

    @Test
    void isOverWhenTheEntityIsDeleted() throws IOException {
        assertThat(
                        differences(
                                "when: pm10>50",
                                "{name: n, steps: [{at: 0m, set: {pm10: 60}}, {at: 30m, removed: true}], expect: [{at: 0m, raised: it}, {at: 30m, cleared: it}]}"))
                .isEmpty();
    }

    @Test
    void findsAllThatIsWrongWithARule() throws IOException {
        List<Finding> findings = read("""
                rules:
                  - id: One
                    title: {sl: Ena, en: One}
                    type: Weather
                    when: pm11>50
                    for: soon
                    clear: pm10>>5
                    rise: {attribute: pm10, by: 0, within: 1h}
                    inside: {geometry: '{"type":"Polygon","coordinates":[1]}'}
                    severity: terrible
                    message: {sl: 'Vrednost {pm11}', en: 'Value'}
                  - id: two
                    title: {sl: Dve, en: Two}
                    type: AirQualityObserved
                    severity: minor
                    message: {sl: 'Dve', en: 'Two'}
                """).list();
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.line()).isPositive();
            assertThat(finding.remedy()).isNotBlank();
        });
        assertThat(findings)
                .extracting(Finding::reason)
                .anyMatch(r -> r.contains("»rules[0].id: One« is not a name"))
                .anyMatch(r -> r.contains("»Weather« is not a type"))
                .anyMatch(r -> r.contains("»pm11« is not a term"))
                .anyMatch(r -> r.contains("»rules[0].for: soon« is not a time span"))
                .anyMatch(r -> r.contains("»pm10>>5« is no condition"))
                .anyMatch(r -> r.contains("a change is by more than 0"))
                .anyMatch(r -> r.contains("The fence's geometry"))
                .anyMatch(r -> r.contains("»rules[0].severity: terrible« is not known"))
                .anyMatch(r -> r.contains("The rule »two« asks nothing"));
    }
}
