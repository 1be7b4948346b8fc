package city.emona.vertical.quality;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.Tenant;
import city.emona.vertical.DatasetSpec;
import city.emona.vertical.EntityDraft;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.RuleCity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quality of the shipped dataset of air quality, which promises 90 per cent. */
class QualityMeterTest {
    @TempDir
    Path folder;

    private RuleCity city;
    private QualityMeter meter;
    private Vertical vertical;

    @BeforeEach
    void start() {
        city = new RuleCity(folder);
        meter = new QualityMeter(city.broker);
        vertical = city.verticals.find("air-quality").orElseThrow();
    }

    @AfterEach
    void stop() {
        city.close();
    }

    private Quality measured() {
        meter.measure(vertical);
        DatasetSpec dataset = vertical.datasets().getFirst();
        return meter.find(vertical, dataset).orElseThrow();
    }

    private void polled(int accepted, int rejected) {
        city.broker.upsertAll(
                Tenant.DEFAULT,
                List.of(new EntityDraft(
                                "urn:ngsi-ld:DataSource:air-quality:arso",
                                PlatformTerms.DATA_SOURCE,
                                city.clock().millis())
                        .text(QualityTerms.VERTICAL, "air-quality")
                        .number(PlatformTerms.NAMESPACE + "acceptedRecords", accepted)
                        .number(PlatformTerms.NAMESPACE + "rejectedRecords", rejected)
                        .entity()));
    }

    @Test
    void isUnknownWithoutEntities() {
        assertThat(measured().status()).isEqualTo(Quality.Status.UNKNOWN);
        assertThat(measured().shares()).isEmpty();
    }

    @Test
    void measuresEachShare() {
        city.say(RuleCity.AIR, "a", "airQualityIndex", 1);
        city.pass(Duration.ofHours(5));
        city.say(RuleCity.AIR, "b", "airQualityIndex", 1);
        city.say(RuleCity.AIR, "c", "airQualityIndex", 1);
        city.say(RuleCity.AIR, "d", "pm10", 1);
        polled(3, 1);
        // the name and the place: nobody has a place, and one has no index
        assertThat(measured().shares())
                .isEqualTo(Map.of(
                        Dimension.FRESHNESS, 75.0,
                        Dimension.COMPLETENESS, 58.3,
                        Dimension.UNIQUENESS, 100.0,
                        Dimension.VALIDITY, 75.0));
        assertThat(measured().status()).isEqualTo(Quality.Status.BROKEN);
    }

    @Test
    void saysSinceWhenAndWritesOnlyWhatIsOther() {
        city.say(RuleCity.AIR, "a", "airQualityIndex", 1);
        polled(10, 0);
        Quality first = measured();
        long version = city.store.logEnd();
        city.pass(Duration.ofMinutes(1));
        assertThat(measured()).isEqualTo(first);
        assertThat(city.store.logEnd()).isEqualTo(version);
        city.pass(Duration.ofHours(5));
        Quality stale = measured();
        assertThat(stale.shares()).containsEntry(Dimension.FRESHNESS, 0.0);
        assertThat(stale.since()).isEqualTo(first.since());
        assertThat(city.broker.findHistory(Tenant.DEFAULT, QualityTerms.id("air-quality", "air-quality-now")))
                .isPresent();
    }
}
