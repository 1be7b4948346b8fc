package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.Entity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vertical of residents' initiatives on real files; skipped where the collection is not at hand. */
class ResidentsInitiativesTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final String ISSUES = "https://smartdatamodels.org/dataModel.IssueTracking/";
    private static final String REQUEST = ISSUES + "service_requests";
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @TempDir
    Path folder;

    private static byte[] real(String path) throws Exception {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readAllBytes(file);
    }

    /** What stands in a block of the specification. */
    private static String sample(String begin, String end) throws Exception {
        String text = new String(real("09-open311/spec/GeoReport_v2.md"), StandardCharsets.UTF_8);
        int from = text.indexOf(begin, text.indexOf("### GET Service Requests"));
        return text.substring(from, text.indexOf(end, from) + end.length());
    }

    private static Map<String, Long> reasons(SourceRunner runner) {
        return runner.lastRejected().stream()
                .collect(Collectors.groupingBy(r -> r.reason().en(), Collectors.counting()));
    }

    private static SourceRunner polled(TestCity city, String source, byte[] document) throws Exception {
        try (var feeds = new FeedServer()) {
            feeds.put("/document", "application/octet-stream", document);
            SourceRunner runner = city.runner("residents-initiatives", source, feeds.url("/document"));
            runner.poll();
            return runner;
        }
    }

    @Test
    void publishedInitiativesOfTheCityLieInTheirQuartersAndWereAnsweredAfterTheyWereAsked() throws Exception {
        String page =
                new String(real("15-residents-initiatives/pobude_featureset_300_reduced.json"), StandardCharsets.UTF_8);
        // the file is one page of many, and there are no more of them here
        byte[] features = page.replaceFirst("\"exceededTransferLimit\": ?true", "\"exceededTransferLimit\": false")
                .getBytes(StandardCharsets.UTF_8);
        try (var city = new TestCity(folder, NOW)) {
            SourceRunner runner = polled(city, "arcgis", features);

            assertThat(runner.health().counts().accepted()).isEqualTo(300);
            assertThat(reasons(runner)).isEmpty();
            List<Entity> initiatives = city.entities(REQUEST);
            assertThat(initiatives).hasSize(300);
            assertThat(initiatives)
                    .extracting(one ->
                            one.findText("https://uri.etsi.org/ngsi-ld/status").orElse(""))
                    .containsOnly("closed");
            assertThat(initiatives)
                    .extracting(one ->
                            one.findText("https://smartdatamodels.org/district").orElse(""))
                    .containsOnly("Rudnik", "Trnovo", "Vič", "Center");
            Entity one = city.entity("urn:ngsi-ld:service_requests:mol-75666");
            assertThat(one.findText(ISSUES + "requested_datetime"))
                    .as("08:37:35 in Ljubljana, though the service calls it UTC")
                    .contains("2024-11-18T07:37:35Z");
            assertThat(one.findValue("https://emona.city/ns/responseDays")
                            .orElseThrow()
                            .doubleValue())
                    .isEqualTo(3);
            assertThat(one.attributes())
                    .noneMatch(attribute -> attribute.name().contains("UPORABNIK")
                            || attribute.name().contains("EMAIL"));
        }
    }

    @Test
    void theSampleOfTheSpecificationIsReadInXmlAndItsJsonIsNone() throws Exception {
        byte[] xml = sample("<?xml", "</service_requests>").getBytes(StandardCharsets.UTF_8);
        byte[] json = ("[" + sample("[\n  {", "\n]").substring(1)).getBytes(StandardCharsets.UTF_8);
        try (var city = new TestCity(folder, NOW)) {
            SourceRunner runner = polled(city, "open311-xml", xml);

            assertThat(runner.health().counts().accepted()).isEqualTo(2);
            assertThat(reasons(runner)).isEmpty();
            Entity closed = city.entity("urn:ngsi-ld:service_requests:mol-638344");
            assertThat(closed.findText(ISSUES + "status_notes")).contains("Duplicate request.");
            assertThat(closed.findText(ISSUES + "requested_datetime")).contains("2010-04-14T14:37:38Z");
            assertThat(closed.findText("https://uri.etsi.org/ngsi-ld/status")).contains("closed");
            assertThat(closed.findText(ISSUES + "service_code")).contains("006");

            SourceRunner broken = polled(city, "open311", json);
            assertThat(broken.health().findTrouble().orElseThrow().reason().en())
                    .as("006 is no number of JSON")
                    .contains("JSON");
        }
    }

    @Test
    void answersToAReportAreNoRequests() throws Exception {
        byte[] posted = real("09-open311/mysociety-merton/requestpost.xml");
        try (var city = new TestCity(folder, NOW)) {
            assertThat(reasons(polled(city, "open311-xml", posted)))
                    .containsExactly(Map.entry("The field »service_request_id« is missing.", 1L));
            assertThat(reasons(polled(city, "open311-xml", real("09-open311/mysociety-merton/token.xml"))))
                    .containsEntry("The field »requested_datetime« is missing.", 1L);
            assertThat(city.entities(REQUEST)).isEmpty();
        }
    }
}
