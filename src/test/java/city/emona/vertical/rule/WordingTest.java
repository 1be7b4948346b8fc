package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Contexts;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WordingTest {
    private final Contexts contexts = new Contexts(url -> {
        throw new AssertionError("no context may be fetched, but was " + url);
    });
    private final Vertical vertical = Verticals.load(Path.of("verticals"), contexts)
            .find("waste-collection")
            .orElseThrow();

    private String told(String term, String value, String language) {
        TermTable terms = contexts.compile(vertical.models().context());
        ObjectNode json = Json.object();
        json.put("id", "urn:ngsi-ld:WasteCollection:1")
                .put("type", "WasteCollection")
                .put(term, value);
        return Wording.value(vertical, EntityReader.read(json, terms, 0), terms.expand(term), language);
    }

    @Test
    void tellsMomentsInTheTimeOfTheCity() {
        assertThat(told("plannedStart", "2026-11-23T05:00:00Z", "sl")).isEqualTo("23. 11. 2026 ob 6.00");
        assertThat(told("plannedStart", "2026-07-01T05:00:00Z", "en")).isEqualTo("1 July 2026 at 7:00");
    }

    @Test
    void leavesTextsThatOnlyLookLikeMomentsAsTheyAre() {
        assertThat(told("replacedDay", "2026-11-01", "sl")).isEqualTo("2026-11-01");
        assertThat(told("areaServed", "2026-11-23T25:61:00Z", "en")).isEqualTo("2026-11-23T25:61:00Z");
    }

    @Test
    void tellsCodesInTheWordsOfTheirColumn() {
        assertThat(told("collectionStatus", "missed", "sl")).isEqualTo("ni opravljen");
    }
}
