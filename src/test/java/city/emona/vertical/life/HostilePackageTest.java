package city.emona.vertical.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageZip;
import city.emona.vertical.mapping.EntitySchema;
import city.emona.vertical.mapping.Mapping;
import city.emona.vertical.mapping.RecordRejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What a city must not be made to install. */
@Timeout(60)
class HostilePackageTest {
    @TempDir
    Path folder;

    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("asked for " + url);
    });

    private List<String> reasons(SamplePackage sample) {
        return findings(sample).stream().map(Finding::toString).toList();
    }

    private List<Finding> findings(SamplePackage sample) {
        PackageContent content = sample.content();
        Path place = folder.resolve(content.digest());
        content.writeTo(place);
        return new PackageCheck(contexts, OutgoingGate.PUBLIC_ONLY).check(place);
    }

    private static List<String> reasonsOfZip(byte[] zip) {
        Findings findings = new Findings();
        assertThat(PackageZip.read(zip, findings)).isEmpty();
        return findings.list().stream().map(Finding::toString).toList();
    }

    private static byte[] zip(String... paths) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String path : paths) {
                zip.putNextEntry(new ZipEntry(path));
                zip.write('x');
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void anHonestPackageIsTaken() {
        assertThat(findings(new SamplePackage())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.yaml",
                "/etc/passwd",
                "a/../../b",
                "C:\\x",
                "a\\..\\b",
                "models/./x",
                ".ssh/config",
                "a//b"
            })
    void refusesPathsThatLeaveThePackage(String path) throws IOException {
        assertThat(reasonsOfZip(zip("vertical.yaml", path)))
                .anyMatch(reason -> reason.contains("not a path inside a package"));
    }

    @Test
    void refusesLinksInAZipFile() throws IOException {
        byte[] zip = zip("vertical.yaml", "models");
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int last = -1;
        for (int i = 0; i + 46 <= zip.length; i++) {
            if (bytes.getInt(i) == 0x02014b50) {
                last = i;
            }
        }
        zip[last + 5] = 3;
        bytes.putInt(last + 38, 0xA1FF << 16);
        assertThat(reasonsOfZip(zip)).anyMatch(reason -> reason.startsWith("models: This is a link"));
    }

    @Test
    void refusesLinksInAFolder() throws IOException {
        new SamplePackage().content().writeTo(folder.resolve("p"));
        Files.createSymbolicLink(folder.resolve("p/models/passwd"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(folder.resolve("p/out"), folder.getParent());
        assertThat(new PackageCheck(contexts, OutgoingGate.PUBLIC_ONLY).check(folder.resolve("p")))
                .extracting(Finding::toString)
                .anyMatch(reason -> reason.contains("link"));
    }

    @Test
    void givesAZipFileUpThatUnpacksToTooMuch() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("vertical.yaml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        assertThat(bytes.size()).isLessThan(1 << 20);
        assertThat(reasonsOfZip(bytes.toByteArray())).anyMatch(reason -> reason.contains("larger than"));
    }

    @Test
    void refusesTooManyFilesAndFilesThatStandTwice() throws IOException {
        String[] many = new String[PackageContent.MAX_FILES + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = "f" + i;
        }
        assertThat(reasonsOfZip(zip(many))).anyMatch(reason -> reason.contains("more than"));
        assertThat(reasonsOfZip("no zip at all".getBytes(StandardCharsets.UTF_8)))
                .anyMatch(reason -> reason.contains("no ZIP file"));
    }

    @Test
    void refusesYamlThatStandsForMoreThanItIs() {
        assertThat(reasons(new SamplePackage()
                        .edit("vertical.yaml", "areas: [environment]", "areas: &a [x]\ndomains: *a")))
                .anyMatch(reason -> reason.contains("liases") || reason.contains("Anchors"));
        assertThat(reasons(new SamplePackage()
                        .edit("vertical.yaml", "[environment]", "[".repeat(20_000) + "]".repeat(20_000))))
                .anyMatch(reason -> reason.startsWith("vertical.yaml") && reason.contains("deep"));
        assertThat(reasons(new SamplePackage().edit("vertical.yaml", "domain: environment", "domain: a\ndomain: b")))
                .anyMatch(reason -> reason.contains("vertical.yaml:8") && reason.contains("stands here twice"));
    }

    @Test
    void refusesJsonThatNestsTooDeep() {
        assertThat(reasons(new SamplePackage().with("models/context.jsonld", "[".repeat(5_000) + "]".repeat(5_000))))
                .anyMatch(reason -> reason.startsWith("models/context.jsonld") && reason.contains("bound"));
    }

    @Test
    void boundsTheTimeOfPatternsInSchemas() {
        EntitySchema schema = EntitySchema.compile(Json.parse("""
                {"properties": {"name": {"type": "string", "pattern": "^a*a*a*a*a*a*a*a*b$"}}}"""));
        ObjectNode entity = Json.object().put("id", "urn:x:1").put("type", "T");
        entity.putObject("name").put("value", "a".repeat(60) + "!");
        long begun = System.nanoTime();
        assertThatThrownBy(() -> schema.check(entity))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("too many ways");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$match(text, /^a*a*a*a*a*a*a*a*b/)",
                "$contains(text, /a*a*a*a*a*a*a*b/)",
                "$replace(text, /a*a*a*a*a*a*a*b/, 'x')",
                "$split(text, /a*a*a*a*a*a*a*b/)",
                "text ~> $replace(/a*a*a*a*a*a*a*b/, 'x')"
            })
    void boundsTheTimeOfPatternsInMappings(String expression) {
        Mapping mapping = Mapping.compile("{\"id\": \"urn:x:1\", \"x\": " + expression + "}");
        assertThatThrownBy(() -> mapping.apply(Map.of("text", "a".repeat(60) + "!"), Map.of()))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("too many ways");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text ~> /(a+)+$/",
                "($r := /(a+)+$/; $r(text))",
                "($match := function($t, $p) { $p($t) }; $match(text, /(a+)+$/))",
                "(function($f) { $f(text) })(/(a+)+$/)"
            })
    void refusesPatternsWhoseTimeIsNotBounded(String expression) {
        assertThatThrownBy(() -> Mapping.compile(expression))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not bounded");
    }

    @Test
    void refusesToEvaluateTextAndEndlessWork() {
        assertThatThrownBy(() -> Mapping.compile("$eval('1')").apply(Map.of(), Map.of()))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("$eval");
        assertThatThrownBy(() -> Mapping.compile("($f := function($x) { $f($x + 1) }; $f(1))")
                        .apply(Map.of(), Map.of()))
                .isInstanceOf(RecordRejected.class);
        assertThat(Mapping.compile("{\"id\": a / b / 1}")
                        .apply(Map.of("a", 4, "b", 2), Map.of())
                        .entities())
                .as("a division is no pattern")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/x",
                "http://localhost:8080/",
                "http://10.1.2.3/",
                "http://192.168.1.1/",
                "http://172.20.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://0.0.0.0/",
                "http://2130706433/",
                "http://metadata.google.internal/",
                "http://printer.local/",
                "http://[64:ff9b::a00:1]/"
            })
    void refusesAddressesInsideTheNetwork(String address) {
        assertThat(reasons(new SamplePackage()
                        .edit("vertical.yaml", "connector: file", "connector: http")
                        .edit("vertical.yaml", "address: data/fountains.json", "address: '" + address + "'")))
                .anyMatch(reason -> reason.startsWith("vertical.yaml:18") && reason.contains("inner network"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../secrets.json", "file:///etc/passwd", "data/../../x", "jar:file:x!/y"})
    void refusesFilesOutsideOfThePackage(String address) {
        assertThat(reasons(new SamplePackage()
                        .edit("vertical.yaml", "address: data/fountains.json", "address: '" + address + "'")))
                .anyMatch(reason -> reason.startsWith("vertical.yaml:18") && reason.contains("out of the package"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:pass@example.org/feed",
                "https://example.org/feed?apikey=8a7b6c5d4e3f",
                "https://example.org/feed?access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
                "https://example.org/feed?x=3f786850e387550fdab836ed7e6dc881de23001b",
                "Bearer 0123456789abcdef0123"
            })
    void refusesSecretsInDeclarations(String address) {
        assertThat(reasons(new SamplePackage()
                        .edit("vertical.yaml", "address: data/fountains.json", "address: '" + address + "'")))
                .anyMatch(reason -> reason.startsWith("vertical.yaml:18") && reason.contains("»secret«"));
        assertThat(reasons(
                        new SamplePackage().edit("mappings/list.jsonata", "{\"id\"", "/* " + address + " */ {\"id\"")))
                .anyMatch(reason -> reason.startsWith("mappings/list.jsonata:1") && reason.contains("»secret«"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "<b>Pitniki</b>", "javascript:alert(1)", "<img src=x>", "a &#60; b"
            })
    void refusesMarkupInTexts(String text) {
        assertThat(reasons(new SamplePackage().edit("vertical.yaml", "sl: Pitniki mesta.", "sl: '" + text + "'")))
                .anyMatch(reason -> reason.startsWith("vertical.yaml:6") && reason.contains("markup"));
    }
}
