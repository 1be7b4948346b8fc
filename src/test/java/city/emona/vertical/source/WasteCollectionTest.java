package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mappings of waste collection on messages and entities of real services; skipped where the collection is not at hand. */
class WasteCollectionTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final String WASTE = "https://smartdatamodels.org/dataModel.WasteManagement/";
    private static final Instant NOW = Instant.parse("2026-10-01T08:00:00Z");

    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private final Vertical vertical = Verticals.load(Path.of("verticals"), contexts)
            .find("waste-collection")
            .orElseThrow();

    private static String real(String path) throws Exception {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readString(file);
    }

    private MappedPoll map(String source, Map<String, String> answers, String document) throws Exception {
        SourceSpec spec = vertical.findSource(source).orElseThrow();
        Map<String, String> variables = new HashMap<>(spec.variables());
        variables.putAll(answers);
        RecordSet records = new RecordSet();
        Formats.read(spec.format(), Body.of(document.getBytes(StandardCharsets.UTF_8)), records);
        return new Pipeline(vertical, spec.at(spec.connector(), "", Duration.ofMinutes(1), variables), contexts, false)
                .map(records, NOW);
    }

    private static List<String> reasons(MappedPoll poll) {
        return poll.rejected().stream().map(one -> one.reason().en()).toList();
    }

    @Test
    void anUplinkOfADeviceThatIsNoContainerIsRejectedWithItsName() throws Exception {
        MappedPoll poll =
                map("sensors", Map.of(), real("06-sensorthings-lorawan/ttn/TTNv3payload_cayennelpp_valid.json"));
        assertThat(poll.entities()).isEmpty();
        assertThat(reasons(poll))
                .containsExactly(
                        "The device »cayenne-1« names no container: its name does not begin with »bin-« and it has no tag"
                                + " »container«.");
    }

    @Test
    void anUplinkOfAContainerWithoutALevelSaysWhatItHas() throws Exception {
        MappedPoll poll = map(
                "sensors",
                Map.of("devicePrefix", "cayenne-"),
                real("06-sensorthings-lorawan/ttn/TTNv3payload_cayennelpp_valid.json"));
        assertThat(reasons(poll))
                .containsExactly(
                        "The message has no filling level; it has: accelerometer_1, analog_in_1, barometric_pressure_1,"
                                + " gps_1, luminosity_1, relative_humidity_1, temperature_1.");
    }

    @Test
    void anUplinkWithTheLevelInAChannelOfCayenneBecomesAContainer() throws Exception {
        MappedPoll poll = map(
                "sensors",
                Map.of("devicePrefix", "cayenne-", "levelField", "analog_in_1"),
                real("06-sensorthings-lorawan/ttn/TTNv3payload_cayennelpp_valid.json"));
        assertThat(poll.rejected()).isEmpty();
        Entity container = poll.entities().getFirst();
        assertThat(container.id()).isEqualTo("urn:ngsi-ld:WasteContainer:1");
        assertThat(container.findValue(WASTE + "fillingLevel").orElseThrow().doubleValue())
                .isZero();
        assertThat(container.findValue(WASTE + "temperature").orElseThrow().intValue())
                .isEqualTo(23);
        assertThat(container
                        .findAttribute(WASTE + "temperature")
                        .orElseThrow()
                        .main()
                        .observedAt())
                .isEqualTo("2021-02-18T10:47:46.365Z");
        assertThat(container.findAttribute("https://uri.etsi.org/ngsi-ld/location"))
                .isEmpty();
    }

    @Test
    void theSmartDataModelIsReadInAllItsRepresentations() throws Exception {
        for (String file : List.of("example.jsonld", "example-normalized.jsonld", "example-normalized.json")) {
            MappedPoll poll = map("platform", Map.of(), real("10-smart-data-models/WasteContainer/" + file));
            assertThat(poll.rejected()).as(file).isEmpty();
            Entity container = poll.entities().getFirst();
            assertThat(container.id()).isEqualTo("urn:ngsi-ld:WasteContainer:1021:AAWD");
            assertThat(container.findValue(WASTE + "binCapacity").orElseThrow().intValue())
                    .isEqualTo(43);
            assertThat(container.findText(WASTE + "binId")).contains("12");
            var coordinates = container
                    .findValue("https://uri.etsi.org/ngsi-ld/location")
                    .orElseThrow()
                    .path("coordinates");
            assertThat(coordinates.get(0).doubleValue()).isEqualTo(-8.768460000000001);
            assertThat(coordinates.get(1).doubleValue()).isEqualTo(42.60214472222222);
        }
    }
}
