package city.emona.vertical.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
    private static String one(String expression, Map<String, Object> input) {
        return Json.text(Mapping.compile("{'x': " + expression + "}")
                .apply(input, Map.of())
                .entities()
                .getFirst()
                .path("x"));
    }

    @Test
    void reachesFieldsWithADotInTheirName() {
        assertThat(one("`pm2.5`", Map.of("pm2.5", "7"))).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-20 03:00, 2026-04-20T01:00:00Z",
        "2026-01-20 00:00, 2026-01-19T23:00:00Z",
        "2026-03-29 03:00, 2026-03-29T01:00:00Z",
        "2026-10-25 02:30, 2026-10-25T00:30:00Z",
        "2026-10-25T03:00:15, 2026-10-25T02:00:15Z",
        "20. 4. 2026 3.00, 2026-04-20T01:00:00Z",
        "20.04.2026 14:05:30, 2026-04-20T12:05:30Z",
        "7.\u00a01.\u00a02026 6.30, 2026-01-07T05:30:00Z",
    })
    void readsLocalTimesWithDaylightSaving(String local, String utc) {
        assertThat(one("$utc(t)", Map.of("t", local))).isEqualTo("\"" + utc + "\"");
    }

    @Test
    void rejectsALocalTimeThatDoesNotOccur() {
        assertThatThrownBy(() -> one("$utc(t)", Map.of("t", "2026-03-29 02:30")))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "7. 1. 2026, 2026-01-07",
        "07.01.2026, 2026-01-07",
        "1997/09/03, 1997-09-03",
        "04-MAR-2020, 2020-03-04",
        "2026-01-07, 2026-01-07",
        "2026-01-07T00:00, 2026-01-07",
    })
    void readsDaysInTheNotationsOfTables(String text, String day) {
        assertThat(one("$date(t)", Map.of("t", text))).isEqualTo("\"" + day + "\"");
    }

    @ParameterizedTest
    @CsvSource({"31. 2. 2026", "7. 13. 2026", "sreda", "2026"})
    void rejectsWhatIsNoDay(String text) {
        assertThatThrownBy(() -> one("$date(t)", Map.of("t", text)))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("is not a time");
    }

    @Test
    void takesAPointForOneBetweenThousandsWhereTheDecimalMarkIsAComma() {
        assertThat(one("$decimal(t)", Map.of("t", "742.300"))).isEqualTo("742.3");
        assertThat(one("$decimal(t, ',')", Map.of("t", "742.300"))).isEqualTo("742300");
        assertThat(one("$decimal(t, ',')", Map.of("t", "5.120,5"))).isEqualTo("5120.5");
        assertThat(one("$decimal(t, ',')", Map.of("t", 8.25))).isEqualTo("8.25");
        assertThat(one("$decimal(t, '.')", Map.of("t", "1,136.17"))).isEqualTo("1136.17");
    }

    @Test
    void readsPosixSecondsAndDateTimesWithOffset() {
        assertThat(one("$instant(t)", Map.of("t", 1757500790))).isEqualTo("\"2025-09-10T10:39:50Z\"");
        assertThat(one("$instant(t)", Map.of("t", "1757500790"))).isEqualTo("\"2025-09-10T10:39:50Z\"");
        assertThat(one("$instant(t)", Map.of("t", "2023-07-17T13:34:13+02:00"))).isEqualTo("\"2023-07-17T11:34:13Z\"");
        assertThat(one("$instant(t)", Map.of("t", "8 Jun 2023 08:40:00 +0200"))).isEqualTo("\"2023-06-08T06:40:00Z\"");
        assertThat(one("$instant(t)", Map.of("t", "Thu, 08 Jun 2023 08:40:00 GMT")))
                .isEqualTo("\"2023-06-08T08:40:00Z\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PREŠERNOV TRG-PETKOVŠKOVO NABREŽJE, Prešernov trg – Petkovškovo nabrežje",
        "P + R DOLGI MOST, P + R Dolgi most",
        "BTC CITY/DVORANA A, BTC City/Dvorana A",
        "TRG OF-KOLODVORSKA UL., Trg OF – Kolodvorska ul.",
        "CESTA NA ROŽNIK, Cesta na Rožnik",
        "ŠTEPANJSKO NASELJE 1-JAKČEVA ULICA, Štepanjsko naselje 1 – Jakčeva ulica",
        "ČRNUČE, Črnuče",
        "Citypark - Šmartinska 152 g, Citypark - Šmartinska 152 g",
    })
    void writesNamesInCapitalsAsSloveneDoes(String capitals, String name) {
        assertThat(PlaceNames.titleCase(capitals)).isEqualTo(name);
    }

    @Test
    void stopsAMappingThatDoesNotEnd() {
        assertThatThrownBy(() -> one("($f := function($x) { $f($x) }; $f(1))", Map.of()))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("runs longer");
        assertThatThrownBy(() -> one("($f := function($x) { 1 + $f($x) }; $f(1))", Map.of()))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("nests too deep");
    }

    @Test
    void goesThroughLongListsWithObjectsInside() {
        List<Integer> list = IntStream.range(0, 2_000).boxed().toList();
        assertThat(one("$sum((list.($n := $; {'a': [$n, $n], 'b': $n})).b)", Map.of("list", list)))
                .isEqualTo("1999000");
    }

    @Test
    void saysOnWhichLineAMappingIsBroken() {
        assertThatThrownBy(() -> Mapping.compile("{\n  'a': 1,\n  'b': (\n}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("(line 4)");
    }

    @Test
    void givesTwoThreadsTheirOwnAnswers() throws Exception {
        Mapping shared = Mapping.compile(
                "($double := function($n) { $n * 2 }; $sum := $sum($map(list, $double)); {'sum': $sum, 'who': $who})");
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int worker = 1; worker <= 2; worker++) {
            int own = worker;
            work.add(() -> {
                for (int i = 0; i < 3_000; i++) {
                    var input = Map.<String, Object>of("list", List.of(i, own, i + own));
                    var entity =
                            shared.apply(input, Map.of("who", own)).entities().getFirst();
                    if (entity.path("sum").asInt() != 4 * (i + own)
                            || entity.path("who").asInt() != own) {
                        throw new AssertionError("worker " + own + ", round " + i + ": " + entity);
                    }
                }
                return true;
            });
        }
        try (var pool = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> done : pool.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void neverFetchesASchema() {
        assertThatThrownBy(() -> EntitySchema.compile(Json.parse("{\"$ref\": \"http://127.0.0.1:9/schema.json\"}")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void rejectsAnEntityThatBreaksItsModel() {
        EntitySchema schema = EntitySchema.compile(
                Json.parse("{\"type\": \"object\", \"required\": [\"b\"], \"properties\": {\"a\": {\"maximum\": 5}}}"));
        var entity = Mapping.compile("{'id': 'urn:x:1', 'a': {'value': 7}}")
                .apply(Map.of(), Map.of())
                .entities()
                .getFirst();
        assertThatThrownBy(() -> schema.check(entity))
                .isInstanceOf(RecordRejected.class)
                .hasMessageContaining("/a ")
                .hasMessageContaining("'b'");
    }
}
