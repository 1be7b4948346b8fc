package city.emona.vertical.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import city.emona.vertical.Severity;
import city.emona.vertical.source.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules at work in a city with a real store, whose clock the test moves. */
class RuleEngineTest {
    @TempDir
    Path folder;

    private RuleCity city;
    private RuleEngine engine;

    @BeforeEach
    void start() {
        city = new RuleCity(folder);
        assertThat(city.verticals.findings()).isEmpty();
        engine = city.engine();
    }

    @AfterEach
    void stop() {
        engine.close();
        city.close();
    }

    private void restart() {
        engine.close();
        city.restart();
        engine = city.engine();
    }

    private Alert only(String rule, AlertState state) {
        Wait.until(() ->
                city.alerts(rule).size() == 1 && city.alerts(rule).getFirst().state() == state);
        return city.alerts(rule).getFirst();
    }

    /** Returns when the engine has taken all that was committed so far: then it has also taken this. */
    private void settle(String marker) {
        city.say(RuleCity.AIR, marker, "o3", 300);
        Wait.until(() -> city.alerts("ozone-alarm").stream()
                .anyMatch(alert -> alert.about().endsWith(":" + marker)));
    }

    @Test
    void raisesAnAlertThatSaysWhatWasMeasuredAgainstWhat() {
        String station = city.say(RuleCity.AIR, "Bežigrad", "o3", 184.5);
        Alert alert = only("ozone-information", AlertState.RAISED);
        assertThat(alert.about()).isEqualTo(station);
        assertThat(alert.severity()).isEqualTo(Severity.MAJOR);
        assertThat(alert.message().sl()).contains("Ozon na merilnem mestu Bežigrad je 185\u00a0µg/m³");
        assertThat(alert.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.path("value").asDouble()).isEqualTo(184.5);
            assertThat(reason.path("operator").asString()).isEqualTo(">=");
            assertThat(reason.path("bound").asString()).isEqualTo("180");
            assertThat(reason.path("saidAt").asString()).isEqualTo("2026-07-01T12:00:00Z");
        });
    }

    @Test
    void isOverOnlyWhenTheClearConditionHolds() {
        city.say(RuleCity.AIR, "a", "o3", 190);
        only("ozone-information", AlertState.RAISED);
        city.pass(Duration.ofHours(1));
        city.say(RuleCity.AIR, "a", "o3", 175);
        settle("later");
        assertThat(city.alerts("ozone-information").stream()
                        .filter(alert -> alert.about().endsWith(":a")))
                .singleElement()
                .satisfies(alert -> assertThat(alert.state()).isEqualTo(AlertState.RAISED));
        city.pass(Duration.ofHours(1));
        city.say(RuleCity.AIR, "a", "o3", 165);
        Wait.until(() -> city.alerts("ozone-information").stream()
                .anyMatch(alert -> alert.about().endsWith(":a") && alert.state() == AlertState.CLEARED));
    }

    @Test
    void waitsAsLongAsTheRuleSaysEvenOverARestart() {
        city.say(RuleCity.BIKES, "Breg", "status", "outOfService");
        Wait.until(
                () -> !city.store.listDocuments(Tenant.DEFAULT, "rule-waiting").isEmpty());
        city.pass(Duration.ofMinutes(119));
        restart();
        settle("before");
        assertThat(city.alerts("out-of-service")).isEmpty();
        city.pass(Duration.ofMinutes(1));
        Alert alert = only("out-of-service", AlertState.RAISED);
        assertThat(Instant.ofEpochMilli(alert.validFrom())).isEqualTo("2026-07-01T12:00:00Z");
        assertThat(city.store.listDocuments(Tenant.DEFAULT, "rule-waiting")).isEmpty();
    }

    @Test
    void raisesNothingTwiceAfterARestart() {
        city.say(RuleCity.AIR, "a", "o3", 190);
        only("ozone-information", AlertState.RAISED);
        restart();
        settle("after");
        assertThat(city.alerts("ozone-information").stream()
                        .filter(alert -> alert.about().endsWith(":a")))
                .hasSize(1);
        city.say(RuleCity.AIR, "a", "o3", 100);
        Wait.until(() -> city.alerts("ozone-information").stream()
                .anyMatch(alert -> alert.about().endsWith(":a") && alert.state() == AlertState.CLEARED));
    }

    @Test
    void findsAfterwardsWhatBeganAndWhatEndedWhileNoRuleWasApplied() {
        String gone = city.say(RuleCity.AIR, "gone", "o3", 190);
        only("ozone-information", AlertState.RAISED);
        engine.close();
        city.broker.delete(Tenant.DEFAULT, gone, TypeSelection.ANY);
        city.say(RuleCity.AIR, "new", "o3", 200);
        restart();
        Wait.until(() -> city.alerts("ozone-information").stream()
                        .anyMatch(alert -> alert.about().endsWith(":new") && alert.state() == AlertState.RAISED)
                && city.alerts("ozone-information").stream()
                        .anyMatch(alert -> alert.about().equals(gone) && alert.state() == AlertState.CLEARED));
    }

    @Test
    void noticesThatNothingWasSaidForLong() {
        city.say(RuleCity.AIR, "a", "airQualityIndex", 2);
        settle("first");
        city.pass(Duration.ofHours(6));
        Wait.until(() -> city.alerts("station-silent").stream()
                .anyMatch(alert -> alert.about().endsWith(":a")));
    }

    @Test
    void seesARiseInTheHistory() {
        city.say(RuleCity.AIR, "a", "pm10", 20);
        city.pass(Duration.ofHours(2));
        city.say(RuleCity.AIR, "a", "pm10", 90);
        only("particles-jump", AlertState.RAISED);
        city.pass(Duration.ofMinutes(61));
        only("particles-jump", AlertState.CLEARED);
    }

    @Test
    void isAcknowledgedOnceByOne() {
        city.say(RuleCity.AIR, "a", "o3", 190);
        String id = only("ozone-information", AlertState.RAISED).id();
        Alerts alerts = new Alerts(city.broker);
        alerts.acknowledge(id, "Ana Novak", "Obvestili smo šole.");
        Alert alert = only("ozone-information", AlertState.ACKNOWLEDGED);
        assertThat(alert.acknowledgedBy()).isEqualTo("Ana Novak");
        assertThat(alert.note()).isEqualTo("Obvestili smo šole.");
        assertThatThrownBy(() -> alerts.acknowledge(id, "Borut", ""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Ana Novak");
        assertThatThrownBy(() -> alerts.acknowledge(id, " ", "")).isInstanceOf(Problem.class);
        city.say(RuleCity.AIR, "a", "o3", 100);
        Alert over = only("ozone-information", AlertState.CLEARED);
        assertThat(over.acknowledgedBy()).isEqualTo("Ana Novak");
        assertThat(over.clearedBecause().en()).contains("does not hold");
        assertThat(city.broker.findHistory(Tenant.DEFAULT, id)).isPresent();
    }
}
