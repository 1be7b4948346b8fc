package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.json.Json;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WordingTest {
    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private final Vertical vertical = Verticals.load(Path.of("verticals"), contexts)
            .find("waste-collection")
            .orElseThrow();

    private String told(String attribute, String json, String language) {
        Entity entity = EntityReader.read(
                Json.parse(
                        "{\"id\":\"urn:ngsi-ld:WasteCollection:1\",\"type\":\"WasteCollection\",\"x\":" + json + "}"),
                contexts.compile(Json.parse("{\"@context\":{\"x\":\"" + attribute + "\"}}")),
                0);
        return Wording.value(vertical, entity, attribute, language);
    }

    @Test
    void tellsMomentsInTheTimeOfTheCity() {
        String start = "https://emona.city/ns/plannedStart";
        assertThat(told(start, "\"2026-11-23T05:00:00Z\"", "sl")).isEqualTo("23. 11. 2026 ob 6.00");
        assertThat(told(start, "\"2026-07-01T05:00:00Z\"", "en")).isEqualTo("1 July 2026 at 7:00");
    }

    @Test
    void leavesTextsThatOnlyLookLikeMomentsAsTheyAre() {
        assertThat(told("https://emona.city/ns/replacedDay", "\"2026-11-01\"", "sl"))
                .isEqualTo("2026-11-01");
        assertThat(told("https://emona.city/ns/areaServed", "\"2026-11-23T25:61:00Z\"", "en"))
                .isEqualTo("2026-11-23T25:61:00Z");
    }

    @Test
    void tellsCodesInTheWordsOfTheirColumn() {
        assertThat(told("https://emona.city/ns/collectionStatus", "\"missed\"", "sl"))
                .isEqualTo("ni opravljen");
    }
}
