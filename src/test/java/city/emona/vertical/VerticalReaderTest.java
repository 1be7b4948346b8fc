package city.emona.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerticalReaderTest {
    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("a vertical must not need the network, but asked for " + url);
    });

    @TempDir
    Path folder;

    private List<Finding> findings() {
        Findings findings = new Findings();
        VerticalReader.read(folder, contexts, findings);
        return findings.list();
    }

    private void copyShipped(String id) throws IOException {
        Path shipped = Path.of("verticals", id);
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void edit(String from, String to) throws IOException {
        Path file = folder.resolve(VerticalReader.DESCRIPTION);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void readsAShippedVerticalWithAllItsParts() throws IOException {
        copyShipped("bike-sharing");
        Findings findings = new Findings();
        Vertical vertical = VerticalReader.read(folder, contexts, findings).orElseThrow();

        assertThat(findings.list()).isEmpty();
        assertThat(vertical.id()).isEqualTo("bike-sharing");
        assertThat(vertical.version()).hasToString("1.0.0");
        assertThat(vertical.title().sl()).isEqualTo("Izposoja koles");
        assertThat(vertical.findSource("gbfs").orElseThrow().every()).isEqualTo(Duration.ofSeconds(60));
        assertThat(vertical.findSource("jcdecaux").orElseThrow().enabled()).isFalse();
        View view = vertical.views().getFirst();
        assertThat(view.type())
                .isEqualTo("https://smartdatamodels.org/dataModel.Transportation/BikeHireDockingStation");
        assertThat(view.findColumn("status").orElseThrow().attribute())
                .isEqualTo("https://uri.etsi.org/ngsi-ld/status");
        assertThat(view.findMap().orElseThrow().classes()).hasSize(4);
        assertThat(view.noun().form(3, "sl")).isEqualTo("postaje");
        assertThat(vertical.datasets().getFirst().attribution().sl()).startsWith("Vir:");
    }

    @Test
    void readsHowLongHistoryIsKept() throws IOException {
        copyShipped("bike-sharing");
        Retention rule = VerticalReader.read(folder, contexts, new Findings())
                .orElseThrow()
                .history()
                .getFirst();
        String bikes = "https://smartdatamodels.org/dataModel.Transportation/";
        assertThat(rule.concerns(List.of(bikes + "BikeHireDockingStation"), bikes + "freeSlotNumber"))
                .isTrue();
        assertThat(rule.concerns(List.of(bikes + "BikeHireDockingStation"), bikes + "totalSlotNumber"))
                .isFalse();
        assertThat(rule.instances()).isEqualTo(Duration.ofDays(90));

        edit("freeSlotNumber], keep: 90d, hours: 1095d", "freeSlots], keep: 90d, hours: 80d");
        assertThat(findings())
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.contains("freeSlots"))
                .anyMatch(reason -> reason.contains("would not be kept longer"));
    }

    @Test
    void readsLimitsAndRefusesThoseThatAreNone() throws IOException {
        copyShipped("air-quality");
        View view = VerticalReader.read(folder, contexts, new Findings())
                .orElseThrow()
                .views()
                .getFirst();
        assertThat(view.findColumn("o3").orElseThrow().limits())
                .extracting(limit -> limit.value() + " " + limit.name().en())
                .containsExactly("180.0 information threshold", "240.0 alert threshold");

        edit(
                "{value: 50, name: {sl: dnevna mejna vrednost, en: daily limit value}}",
                "{value: NaN, name: {sl: a, en: b}}");
        edit("{value: 200, name:", "{name:");
        edit("{value: 350, name:", "{value: much, name:");
        assertThat(findings())
                .extracting(Finding::reason)
                .anyMatch(r -> r.contains("the limit »a« is NaN"))
                .anyMatch(r -> r.contains("limits[0].value« is missing"))
                .anyMatch(r -> r.contains("limits[0].value: much« is not a number"));
    }

    @Test
    void reportsAllErrorsAtOnceEachWithItsLineAndARemedy() throws IOException {
        copyShipped("bike-sharing");
        edit("version: 1.0.0", "version: one");
        edit("domain: mobility", "domian: mobility");
        edit("every: 60s\n    timeout: 20s", "every: sometimes\n    timeout: 20s");
        edit("mapping: mappings/gbfs.jsonata", "mapping: mappings/none.jsonata");
        edit("attribute: totalSlotNumber", "attribute: totalSlots");
        edit("sl: [postaja, postaji, postaje, postaj]", "sl: [postaja, postaje]");

        List<Finding> findings = findings();

        assertThat(findings).allSatisfy(f -> {
            assertThat(f.file()).isEqualTo("vertical.yaml");
            assertThat(f.line()).isPositive();
            assertThat(f.remedy()).isNotBlank();
        });
        assertThat(findings)
                .extracting(Finding::reason)
                .anyMatch(r -> r.contains("»version: one« is not a semantic version"))
                .anyMatch(r -> r.contains("»domian« is not known here"))
                .anyMatch(r -> r.contains("»domain« is missing"))
                .anyMatch(r -> r.contains("»sources[0].every: sometimes« is not a time span"))
                .anyMatch(r -> r.contains("There is no file »mappings/none.jsonata«"))
                .anyMatch(r -> r.contains("»totalSlots« is not a term"))
                .anyMatch(r -> r.contains("The view has no column »totalSlotNumber«"))
                .anyMatch(r -> r.contains("four Slovene and two English forms"));
        assertThat(findings.stream()
                        .filter(f -> f.reason().contains("semantic"))
                        .findFirst()
                        .orElseThrow()
                        .line())
                .isEqualTo(3);
    }

    @Test
    void helpsWithTextsThatNeedQuotesAndWithExpectationsThatAreNotWrittenYet() throws IOException {
        copyShipped("bike-sharing");
        edit("title: {sl: Izposoja koles, en: Bike sharing}", "title: {sl: Izposoja, vrnitev, en: Bike sharing}");
        edit("expected: examples/jcdecaux.expected.json", "expected: examples/none.json");
        edit("licence: http://publications.europa.eu/resource/authority/licence/CC_BY_4_0", "licence: CC BY 4.0");

        assertThat(findings())
                .anySatisfy(f -> {
                    assertThat(f.reason()).isEqualTo("»title.vrnitev« is not known here.");
                    assertThat(f.remedy()).contains("stands in quotes");
                })
                .anySatisfy(f -> {
                    assertThat(f.reason()).isEqualTo("There is no file »examples/none.json«.");
                    assertThat(f.remedy()).contains("vertical test DIR --write");
                })
                .anySatisfy(f -> {
                    assertThat(f.reason()).isEqualTo("»CC BY 4.0« is not the address of a licence.");
                    assertThat(f.remedy()).contains("licence/CC_BY_4_0");
                })
                .hasSize(3);
    }

    @Test
    void refusesAFileOutsideTheFolder() throws IOException {
        copyShipped("air-quality");
        Files.writeString(folder.resolveSibling("secret.jsonata"), "{}");
        edit("mapping: mappings/arso.jsonata", "mapping: ../secret.jsonata");

        assertThat(findings()).extracting(Finding::reason).anyMatch(r -> r.contains("outside the vertical's folder"));
    }

    @Test
    void refusesAnchorsSoThatAShortFileCannotBecomeHuge() throws IOException {
        Files.writeString(folder.resolve("vertical.yaml"), "a: &a [1,2]\nb: [*a,*a]\n");

        assertThat(findings()).isNotEmpty();
        assertThat(findings().getFirst().remedy()).isNotBlank();
    }

    @Test
    void saysOnWhichLineTheYamlIsBroken() throws IOException {
        Files.writeString(folder.resolve("vertical.yaml"), "format: 1\nid: [air\n");

        assertThat(findings()).singleElement().satisfies(f -> {
            assertThat(f.line()).isEqualTo(3);
            assertThat(f.reason()).startsWith("This is not valid YAML");
        });
    }

    @Test
    void keepsTheGoodVerticalsWhenOneIsBroken() throws IOException {
        Path verticals = folder.resolve("verticals");
        Path good = verticals.resolve("bike-sharing");
        copyShipped("bike-sharing");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(f -> !f.equals(verticals)).toList();
            Files.createDirectories(good);
            for (Path file : all) {
                Files.move(file, good.resolve(file.getFileName()));
            }
        }
        Files.createDirectories(verticals.resolve("broken"));
        Files.writeString(verticals.resolve("broken/vertical.yaml"), "format: 7\n");

        Verticals loaded = Verticals.load(verticals, contexts);

        assertThat(loaded.list()).extracting(Vertical::id).containsExactly("bike-sharing");
        assertThat(loaded.findings()).allMatch(f -> f.file().startsWith("broken/"));
        assertThat(contexts.findPublished("/contexts/bike-sharing/1.0.0.jsonld"))
                .isPresent();
        assertThat(contexts.findPublished("/contexts/emona.jsonld")
                        .orElseThrow()
                        .path("@context")
                        .has("availableBikeNumber"))
                .isTrue();
    }
}
