package city.emona.vertical.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.vertical.rule.RuleCity;
import city.emona.vertical.source.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indicators at work in a city with a real store, whose clock the test moves. */
class IndicatorEngineTest {
    private static final String FILLING = "urn:ngsi-ld:KeyPerformanceIndicator:bike-sharing:filling";
    private static final String USABLE = "urn:ngsi-ld:KeyPerformanceIndicator:bike-sharing:stations-usable";
    private static final String YEAR = "urn:ngsi-ld:KeyPerformanceIndicator:air-quality:particles-year";
    private static final String OFFERED = "urn:ngsi-ld:KeyPerformanceIndicator:bike-sharing:rides";

    @TempDir
    Path folder;

    private RuleCity city;
    private IndicatorBook book;
    private IndicatorEngine engine;

    /** The shipped verticals, and an indicator that people read. */
    @BeforeEach
    void start() throws IOException {
        Path verticals = folder.resolve("verticals");
        try (Stream<Path> files = Files.walk(Path.of("verticals"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(file.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path description = verticals.resolve("bike-sharing/vertical.yaml");
        Files.writeString(description, Files.readString(description).replace("\nindicators:\n", """

                        indicators:
                          - id: rides
                            title: {sl: Vožnje, en: Rides}
                            description: {sl: Odčitek upravljavca., en: Read by the operator.}
                            manual: true
                            target: {atLeast: 1000}
                        """));
        city = new RuleCity(folder.resolve("data"), verticals);
        assertThat(city.verticals.findings()).isEmpty();
        book = new IndicatorBook(city.broker, () -> city.verticals, ZoneOffset.UTC);
        engine = new IndicatorEngine(city.broker, city.live, book, city.clock());
    }

    @AfterEach
    void stop() {
        engine.close();
        city.close();
    }

    private OptionalDouble value(String id) {
        return city.broker.find(Tenant.DEFAULT, id).map(IndicatorBook::value).orElse(OptionalDouble.empty());
    }

    private void waitFor(String id, double expected) {
        Wait.until(() -> value(id).isPresent() && Math.abs(value(id).getAsDouble() - expected) < 1e-9);
    }

    @Test
    void computesFromTheCurrentStateAndAgainWhenItChanges() {
        city.say(RuleCity.BIKES, "a", "availableBikeNumber", 6);
        city.say(RuleCity.BIKES, "a", "totalSlotNumber", 24);
        city.say(RuleCity.BIKES, "a", "freeSlotNumber", 18);
        engine.apply(city.verticals);
        waitFor(FILLING, 25);
        waitFor(USABLE, 100);
        city.say(RuleCity.BIKES, "a", "availableBikeNumber", 0);
        city.pass(Duration.ofSeconds(10));
        waitFor(FILLING, 0);
        waitFor(USABLE, 0);
        Entity usable = city.broker.get(Tenant.DEFAULT, USABLE);
        assertThat(usable.findText(IndicatorTerms.STATUS)).hasValue("late");
        assertThat(usable.findText(IndicatorTerms.STANDING)).hasValue("bad");
        assertThat(usable.findText(IndicatorTerms.MEASURE)).hasValue("urn:ngsi-ld:Measure:bike-sharing");
        assertThat(usable.findValue(IndicatorTerms.REASON)
                        .orElseThrow()
                        .path("sl")
                        .asString())
                .isEqualTo("Cilj (vsaj 80\u00a0%) ni dosežen.");
    }

    @Test
    void foldsTheHistoryOnItsSchedule() {
        city.say(RuleCity.AIR, "a", "pm25", 10);
        city.pass(Duration.ofHours(1));
        city.say(RuleCity.AIR, "a", "pm25", 20);
        city.say(RuleCity.AIR, "b", "pm25", 6);
        engine.apply(city.verticals);
        waitFor(YEAR, 12);
        assertThat(city.broker.get(Tenant.DEFAULT, YEAR).findText(IndicatorTerms.STATUS))
                .hasValue("onTrack");
        city.say(RuleCity.AIR, "b", "pm25", 28);
        city.pass(Duration.ofDays(1));
        waitFor(YEAR, 64.0 / 4);
    }

    @Test
    void takesWhatPeopleReadAndNothingForWhatIsComputed() {
        book.read(OFFERED, 1200, city.clock().millis(), "Ana Novak", "");
        Entity entity = city.broker.get(Tenant.DEFAULT, OFFERED);
        assertThat(IndicatorBook.value(entity)).hasValue(1200);
        assertThat(entity.findText(IndicatorTerms.READ_BY)).hasValue("Ana Novak");
        assertThat(entity.findText(IndicatorTerms.STATUS)).hasValue("onTrack");
        assertThatThrownBy(() -> book.read(FILLING, 1, 0, "Ana", ""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("computed");
        assertThatThrownBy(() -> book.read("urn:x:y", 1, 0, "Ana", "")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> book.read(OFFERED, 1, 0, " ", "")).isInstanceOf(Problem.class);
    }
}
