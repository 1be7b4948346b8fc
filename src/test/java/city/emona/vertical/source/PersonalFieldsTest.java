package city.emona.vertical.source;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.RecordSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is declared as personal reaches neither mapping nor entity nor rejected record. All persons are made up. */
class PersonalFieldsTest {
    private static final PersonalFields PERSONAL = new PersonalFields(List.of("email", "first_name", "Phone"));

    @TempDir
    Path folder;

    @Test
    void takesFieldsOutAtAnyDepthWhateverTheCaseOfTheirNames() {
        Map<String, Object> record = new HashMap<>();
        record.put("id", 7);
        record.put("EMAIL", "a@example.si");
        record.put("nothing", null);
        record.put("extended", Map.of("phone", 41234567, "kind", "lamp"));
        record.put("people", List.of(Map.of("first_name", "Ana", "role", "reporter"), "text"));

        Map<String, Object> expected = new HashMap<>();
        expected.put("id", 7);
        expected.put("nothing", null);
        expected.put("extended", Map.of("kind", "lamp"));
        expected.put("people", List.of(Map.of("role", "reporter"), "text"));
        assertThat(PERSONAL.without((Object) record)).isEqualTo(expected);
    }

    @Test
    void keepsNothingOfARecordThatCannotBeToldApartIntoFields() {
        assertThat(PERSONAL.without("{\"email\": \"a@example.si\", \"first_name\": \"Ana\"")
                        .toString())
                .doesNotContain("Ana", "example");
    }

    @Test
    void leavesRecordsAloneWhereNothingIsPersonal() {
        Object record = Map.of("email", "a@example.si");
        var none = new PersonalFields(List.of());
        assertThat(none.without(record)).isSameAs(record);
        assertThat(none.redacted(record)).isSameAs(record);
    }

    @Test
    void reasonsAndTextsOfRejectedRecordsHoldNoPersonalDataEither() {
        assertThat(PERSONAL.redacted(Map.of("text", "Pišite na a@example.si", "n", 5)))
                .isEqualTo(Map.of("text", "Pišite na [e-naslov]", "n", 5));
        assertThat(PERSONAL.redacted(new LocalizedText("»041 234 567« ni število.", "»041 234 567« is not a number.")))
                .isEqualTo(
                        new LocalizedText("»[telefonska številka]« ni število.", "»[phone number]« is not a number."));
    }

    @Test
    void aSourceRejectsWithoutTellingOfWhom() throws Exception {
        try (var city = new TestCity(folder.resolve("store"), Instant.parse("2026-11-25T08:00:00Z"))) {
            var vertical = TestVertical.of(
                    folder,
                    city.contexts,
                    TestVertical.source("list", "connector: upload\nformat: json\npersonal: [email, first_name]"),
                    """
                    {"id": "urn:ngsi-ld:Thing:" & $require(id, "id"), "type": "Thing",
                     "level": $exists(email) or $exists(first_name) ? "seen" : $decimal(text)}
                    """);
            var pipeline = new Pipeline(vertical, vertical.findSource("list").orElseThrow(), city.contexts, false);
            var body = Body.of("""
                    [{"id": "1", "email": "ana@example.si", "first_name": "Ana", "text": "12,5"},
                     {"id": "2", "email": "ana@example.si", "first_name": "Ana", "text": "Lep pozdrav, Ana Kos, 041 234 567"},
                     "ana@example.si Ana"]""".getBytes(StandardCharsets.UTF_8));
            var records =
                    RecordSet.read(vertical.findSource("list").orElseThrow().format(), body);

            MappedPoll poll = pipeline.map(records, city.now.get());

            assertThat(poll.entities()).hasSize(1);
            assertThat(poll.entities()
                            .getFirst()
                            .findValue(TestVertical.LEVEL)
                            .orElseThrow()
                            .asString())
                    .isEqualTo("12.5");
            assertThat(poll.rejected())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(one -> assertThat(one.record()
                                    + one.reason().sl()
                                    + one.reason().en())
                            .doesNotContain("ana@", "Ana", "041 234"));
        }
    }
}
