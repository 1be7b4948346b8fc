package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.RecordSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mappings of the energy of buildings on documents of real services; skipped where the collection is not at hand. */
class EnergyBuildingsTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final String NS = "https://emona.city/ns/";

    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private final Vertical vertical = Verticals.load(Path.of("verticals"), contexts)
            .find("energy-buildings")
            .orElseThrow();

    private static String real(String path) throws Exception {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readString(file);
    }

    private MappedPoll map(String source, String document) throws Exception {
        SourceSpec spec = vertical.findSource(source).orElseThrow();
        RecordSet records = RecordSet.read(spec.format(), Body.of(document.getBytes(StandardCharsets.UTF_8)));
        return new Pipeline(vertical, spec, contexts, false).map(records, Instant.parse("2026-11-02T08:00:00Z"));
    }

    private static List<String> reasons(MappedPoll poll) {
        return poll.rejected().stream().map(one -> one.reason().en()).toList();
    }

    private static Entity entity(MappedPoll poll, String id) {
        return poll.entities().stream()
                .filter(entity -> entity.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static int number(Entity entity, String term) {
        return entity.findValue(NS + term).orElseThrow().intValue();
    }

    @Test
    void theReportsOfTheIceStormOf2014BecomeTheAreasAsTheLastOneLeftThem() throws Exception {
        MappedPoll poll = map("outages", real("14-csv-oddities/elektro_ljubljana_outages_2014.json"));

        assertThat(poll.accepted()).isEqualTo(93);
        assertThat(poll.rejectedCount()).isZero();
        assertThat(poll.incompleteCount()).isEqualTo(30);
        assertThat(reasons(poll)).allMatch(reason -> reason.endsWith(", which counts."));
        assertThat(poll.entities()).hasSize(26);
        Entity whole = entity(poll, "urn:ngsi-ld:PowerOutage:elektro-ljubljana");
        assertThat(number(whole, "customersWithoutPower")).isEqualTo(40);
        assertThat(number(whole, "transformersWithoutPower")).isEqualTo(8);
        Entity logatec = entity(poll, "urn:ngsi-ld:PowerOutage:elektro-ljubljana-logatec");
        assertThat(number(logatec, "transformersWithoutPower")).isEqualTo(6);
        assertThat(logatec.findAttribute(NS + "transformersWithoutPower")
                        .orElseThrow()
                        .main()
                        .observedAt())
                .isEqualTo("2014-02-22T07:00:00Z");
        assertThat(number(
                        entity(poll, "urn:ngsi-ld:PowerOutage:elektro-ljubljana-trebnje"), "transformersWithoutPower"))
                .isZero();
    }

    /** The examples of the servers are bodies of requests, which have no identifier yet; with one, they are no meters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sta-frost/entitiesDefault.json | lm, C",
                "sta-ogc-ets/thing_complete.json | lm",
                "sta-ogc-ets/thing_7.json | light",
                "sta-ogc-ets/thing_2.json | degC, degF, degF, degF",
            })
    void thingsThatAreNoMetersSayWhatTheyHave(String file, String units) throws Exception {
        String thing = real("06-sensorthings-lorawan/" + file);
        assertThat(reasons(map("sensorthings", thing))).containsExactly("The field »@iot.id« is missing.");
        assertThat(reasons(map("sensorthings", thing.replaceFirst("\\{", "{\"@iot.id\": 1,"))))
                .containsExactly("It has no datastream of electricity; it has: " + units + ".");
    }

    @Test
    void aThingBecomesAMeterWhenItsDatastreamIsOfPower() throws Exception {
        String thing = real("06-sensorthings-lorawan/sta-ogc-ets/thing_complete.json")
                .replaceFirst("\\{", "{\"@iot.id\": 1,")
                .replace("\"symbol\": \"lm\"", "\"symbol\": \"kW\"");
        Entity meter = map("sensorthings", thing).entities().getFirst();
        assertThat(meter.findText("https://smartdatamodels.org/name")).contains("Office Building");
        var power = meter.findAttribute("https://smartdatamodels.org/dataModel.Energy/totalActivePower")
                .orElseThrow()
                .main();
        assertThat(power.value().intValue()).isEqualTo(13);
        assertThat(power.observedAt()).isEqualTo("2015-03-01T01:40:00Z");
    }
}
