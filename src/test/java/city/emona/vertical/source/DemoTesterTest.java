package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.vertical.Finding;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoTesterTest {
    private static final Contexts CONTEXTS = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private static final String SOURCES = TestVertical.source("web", """
            connector: http
            address: https://example.org/things
            every: 1h
            format: json
            authentication: {kind: bearer, secret: token}
            paging: {link: true}
            """)
            + TestVertical.source("messages", """
            connector: mqtt
            address: mqtts://broker.example.org/things/#
            format: ndjson
            """)
            + TestVertical.source("table", """
            connector: folder
            format: csv
            encoding: windows-1250
            """)
            + TestVertical.source("file", """
            connector: upload
            format: xml
            records: thing
            """)
            + TestVertical.source("pushed", """
            connector: push
            format: json
            """);

    @TempDir
    Path folder;

    @BeforeEach
    void writeDemo() throws IOException {
        Files.createDirectories(folder.resolve("things/demo"));
        write("things.json", "[{\"id\": 1}, {\"id\": 2}]");
        write("list.jsonata", "$.{'id': id, 'level': 5 + $wander(id, 600), 'at': $at}");
        write(
                "xml.jsonata",
                "'<l>' & $join($.('<thing><id>' & id & '</id><level>1</level><at>' & $at & '</at></thing>')) & '</l>'");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve("things/demo").resolve(name), content);
    }

    private static String item(String source, String document, String expression) {
        return "  - {source: " + source + ", data: demo/things.json, documents: {" + document + ": demo/" + expression
                + "}}\n";
    }

    private List<VerticalTester.ExampleResult> test(String demo) throws IOException {
        Vertical vertical = TestVertical.of(folder, CONTEXTS, SOURCES + "demo:\n" + demo);
        return new DemoTester(CONTEXTS).test(vertical);
    }

    private List<String> findings(String demo) throws IOException {
        TestVertical.of(folder, CONTEXTS, SOURCES);
        Path file = folder.resolve("things/vertical.yaml");
        Files.writeString(file, Files.readString(file) + "demo:\n" + demo);
        return new VerticalTester(CONTEXTS)
                .check(folder.resolve("things")).stream().map(Finding::toString).toList();
    }

    @Test
    void showsSourcesOfEveryKind() throws IOException {
        assertThat(test(item("web", "a.json", "list.jsonata")
                        + item("messages", "a.ndjson", "list.jsonata")
                        + item("table", "a.csv", "list.jsonata")
                        + item("file", "a.xml", "xml.jsonata")
                        + item("pushed", "a.json", "list.jsonata")))
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.differences()).isEmpty());
    }

    @Test
    void acceptsNoDemoThatIsNotCleanOrGivesNothing() throws IOException {
        write("broken.jsonata", "[{'id': 1, 'level': 2, 'at': $at}, {'level': 3, 'at': $at}]");
        write("night.jsonata", "$hour() < 4 ? [] : $error('it is day')");
        assertThat(test(item("web", "a.json", "broken.jsonata")).getFirst().differences())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one).contains("The field »id« is missing"));
        assertThat(test(item("web", "a.json", "night.jsonata")).getFirst().differences())
                .singleElement()
                .asString()
                .contains("demo/night.jsonata", "it is day");
        write("empty.jsonata", "[]");
        assertThat(test(item("web", "a.json", "empty.jsonata")).getFirst().differences())
                .singleElement()
                .asString()
                .contains("no entity comes of it");
    }

    @Test
    void findsEveryMistakeInADemoWithFileLineReasonAndRemedy() throws IOException {
        write("bad.jsonata", "{\n  'a': 1,\n  'b': (\n}");
        write("bad.json", "[1,");
        assertThat(findings("""
                  - {source: nobody, documents: {a.json: demo/list.jsonata}}
                  - {source: web, evry: 1m, documents: {a.json: demo/missing.jsonata}}
                  - {source: table, every: often, data: demo/bad.json, documents: {table: demo/list.jsonata}}
                  - {source: file}
                """))
                .anySatisfy(one -> assertThat(one).contains("There is no source »nobody«", "vertical.yaml"))
                .anySatisfy(one -> assertThat(one).contains("»demo[1].evry« is not known here"))
                .anySatisfy(one -> assertThat(one).contains("There is no file »demo/missing.jsonata«"))
                .anySatisfy(one -> assertThat(one).contains("demo[2].every", "not a time span"))
                .anySatisfy(one -> assertThat(one).contains("demo/bad.json"))
                .anySatisfy(one -> assertThat(one).contains("»table« is no name of a document"))
                .anySatisfy(one -> assertThat(one).contains("»demo[3].documents« is missing"))
                .hasSize(7);
        assertThat(findings(item("web", "a.json", "bad.jsonata")))
                .singleElement()
                .asString()
                .contains("demo/bad.jsonata", "4", "not valid JSONata");
        assertThat(findings(item("web", "a.docx", "list.jsonata")))
                .singleElement()
                .asString()
                .contains("»a.docx«", ".json");
        assertThat(findings(item("web", "a.json", "list.jsonata") + item("web", "b.json", "list.jsonata")))
                .singleElement()
                .asString()
                .contains("»web« stands twice among the demo");
    }

    static Stream<Vertical> shipped() {
        return Verticals.load(Path.of("verticals"), CONTEXTS).list().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void theShippedVerticalsHaveACleanDemoOfEverySourceThatAsksByItself(Vertical vertical) {
        assertThat(new DemoTester(CONTEXTS).test(vertical))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.differences()).isEmpty());
        assertThat(vertical.sources())
                .filteredOn(source -> source.enabled() && source.connector().isAsked())
                .allSatisfy(source -> assertThat(vertical.demo())
                        .anyMatch(demo -> demo.source().equals(source.id())));
    }
}
