package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.geo.Geometry;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause 4.23. */
class EntityOrderTest {
    private static final QueryNames NAMES = QueryNames.of(TermTable.core());

    private static Entity entity(String id, String value) {
        return EntityReader.read(
                Json.parse("{\"id\":\"urn:x:" + id + "\",\"type\":\"T\"" + (value.isEmpty() ? "" : ",\"a\":" + value)
                        + "}"),
                TermTable.core(),
                1_795_000_000_000L + id.charAt(0));
    }

    private static List<String> ordered(List<Entity> entities, Ordering ordering) {
        EntityOrder order = new EntityOrder(ordering);
        List<Entity> shuffled = new ArrayList<>(entities);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled.stream()
                .sorted((one, other) -> order.comparator().compare(order.keyOf(one), order.keyOf(other)))
                .map(e -> e.id().substring(6))
                .toList();
    }

    private static Ordering by(String text, @Nullable Geometry from, String collation) {
        return Ordering.parse(text, NAMES, from, collation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the kinds of values, in the order of clause 4.23.2
                "a | 1:2 2:10.5 3:\"A\" 4:\"b\" 5:{\"k\":1} 6:[1] 7:false 8:true"
                        + " 9:{\"value\":{\"@type\":\"Time\",\"@value\":\"10:00:00Z\"}} A:\"2026-01-01\" B:\"2026-01-01T00:00:00Z\""
                        + " C:{\"value\":{\"@type\":\"@json\",\"@value\":null}} D:",
                "a;desc | 1:3 2:2 3:1.5 4:",
                "a;desc | 1:\"b\" 2:\"a\" 3:9 4:",
                "a | 1:1.0 2:1 3:1.00 4:1.01",
                "a.b | 1:{\"value\":9,\"b\":1} 2:{\"value\":8,\"b\":2} 3:7",
                "a[k] | 1:{\"k\":1} 2:{\"k\":2} 3:{\"m\":0} 4:5",
                "a.observedAt | 1:{\"value\":9,\"observedAt\":\"2026-01-01T00:00:00.5Z\"} 2:{\"value\":8,\"observedAt\":\"2026-01-01T00:00:00.6Z\"} 3:1",
                "id;desc | 3:1 2:1 1:1",
                "type,a;desc | 1:9 2:8 3:7",
                "createdAt | 1:9 2:9 3:9",
                // texts as people order them
                "a | 1:\"a\" 2:\"A\" 3:\"á\" 4:\"b\" 5:\"B\" 6:\"č\" 7:\"d\" 8:\"ž\"",
                "a[en] | 1:{\"languageMap\":{\"en\":\"a\",\"sl\":\"z\"}} 2:{\"languageMap\":{\"en\":\"b\",\"sl\":\"y\"}} 3:{\"languageMap\":{\"sl\":\"x\"}}"
            })
    void ordersByValue(String orderBy, String values) {
        List<Entity> entities = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String each : values.strip().split(" ")) {
            entities.add(entity(each.substring(0, 1), each.substring(2)));
            expected.add(each.substring(0, 1));
        }
        assertThat(ordered(entities, by(orderBy.strip(), null, ""))).isEqualTo(expected);
    }

    @Test
    void ordersTextsByTheCollationAskedFor() {
        List<Entity> entities =
                List.of(entity("1", "\"c\""), entity("2", "\"č\""), entity("3", "\"cz\""), entity("4", "\"d\""));
        assertThat(ordered(entities, by("a", null, "sl"))).containsExactly("1", "3", "2", "4");
        assertThat(ordered(entities, by("a", null, "und"))).containsExactly("1", "2", "3", "4");
        List<Entity> german =
                List.of(entity("1", "\"Ad\""), entity("2", "\"Äd\""), entity("3", "\"Ae\""), entity("4", "\"Af\""));
        assertThat(ordered(german, by("a", null, "de"))).containsExactly("1", "2", "3", "4");
        assertThat(ordered(german, by("a", null, "de-u-co-phonebk"))).containsExactly("1", "3", "2", "4");
        List<Entity> numeric = List.of(entity("1", "\"x2\""), entity("2", "\"x10\""));
        assertThat(ordered(numeric, by("a", null, "und-u-kn-true"))).containsExactly("1", "2");
        assertThat(ordered(numeric, by("a", null, "und-x-icu"))).containsExactly("2", "1");
    }

    @Test
    void ordersByDistanceAndPutsWhatLiesNowhereBehind() {
        List<Entity> entities = List.of(
                entity("1", "{\"type\":\"Point\",\"coordinates\":[8.01,40.01]}"),
                entity("2", "{\"type\":\"Point\",\"coordinates\":[9,41]}"),
                entity("3", "{\"type\":\"LineString\",\"coordinates\":[[20,41],[11,41]]}"),
                entity("4", "5"),
                entity("5", "\"x\""),
                entity("6", ""));
        Geometry from = Geometry.of("Point", Json.parse("[8,40]"));
        assertThat(ordered(entities, by("a;dist-asc", from, ""))).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(ordered(entities, by("a;dist-desc", from, "")).subList(2, 6)).containsExactly("3", "2", "1", "6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a;", "a;up", "a,", ",a", "a;asc;desc", "a;dist-asc", "a{b}", "a==1", "a b", "9"})
    void refusesWhatIsNoOrderWithARemedy(String text) {
        assertThatThrownBy(() -> by(text, null, "")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA);
            assertThat(problem.remedy()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!nope", "-", "a", "de-", "und-u", "und-u-ks-bogus"})
    void refusesWhatIsNoCollation(String tag) {
        assertThatThrownBy(() -> by("a", null, tag))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }
}
