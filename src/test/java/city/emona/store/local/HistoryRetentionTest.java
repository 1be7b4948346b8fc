package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.HistoryWrite;
import city.emona.store.Retention;
import city.emona.store.RetentionReport;
import city.emona.store.RollUp;
import city.emona.store.SeriesScan;
import city.emona.store.SeriesSelector;
import city.emona.store.Tenant;
import city.emona.store.TimeProperty;
import city.emona.time.Timestamps;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances become hours, hours become days, and days go, as the rules say. */
class HistoryRetentionTest {
    private static final long BEGIN = Timestamps.parse("2026-03-01T00:00:00Z").orElseThrow();
    private static final int DAYS = 40;
    private static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");
    private static final String ID = "urn:x:1";
    private static final String KEPT = "https://x/kept";
    private static final String RULED = "https://x/ruled";

    @TempDir
    Path folder;

    /** What a scan of one attribute found. */
    private static final class Found implements SeriesScan {
        long instances;
        double sum;
        final List<RollUp> rollUps = new ArrayList<>();

        @Override
        public void begin(String attribute, String datasetId) {}

        @Override
        public void numbers(long[] micros, double[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                instances++;
                sum += values[i];
            }
        }

        @Override
        public void rolledUp(RollUp rollUp) {
            rollUps.add(rollUp);
        }

        @Override
        public void point(long micros, HistoryPoint point) {
            instances++;
            sum += point.instance().value().doubleValue();
        }

        long allInstances() {
            return instances + rollUps.stream().mapToLong(RollUp::instances).sum();
        }

        double allSum() {
            return sum + rollUps.stream().mapToDouble(RollUp::sum).sum();
        }
    }

    private static Found scan(LocalStore store, String attribute) {
        Found found = new Found();
        store.scanHistory(Tenant.DEFAULT, ID, new SeriesSelector(Set.of(attribute), null), HistoryRange.ALL, found);
        return found;
    }

    private static void fill(LocalStore store, String attribute) {
        List<HistoryWrite.Addition> additions = new ArrayList<>();
        for (int i = 0; i < DAYS * 24 * 12; i++) {
            additions.add(new HistoryWrite.Addition(
                    attribute,
                    new AttributeInstance(
                            AttributeType.PROPERTY,
                            Json.parse(Integer.toString(i % 7)),
                            "",
                            Timestamps.format(BEGIN + 300_000L * i),
                            null,
                            null,
                            BEGIN,
                            BEGIN,
                            0,
                            List.of())));
        }
        store.commit(new ChangeSet(
                Tenant.DEFAULT,
                List.of(),
                List.of(),
                List.of(new HistoryWrite.Append(ID, List.of("https://x/T"), additions))));
        store.packHistory(Tenant.DEFAULT, ID);
    }

    private LocalStore open(int day) {
        return LocalStore.open(
                folder, 0, Clock.fixed(Instant.ofEpochMilli(BEGIN).plus(Duration.ofDays(day)), ZoneId.of("UTC")));
    }

    private static Retention rule(@Nullable Duration hours, @Nullable Duration days) {
        return new Retention("https://x/T", Set.of(RULED), Duration.ofDays(10), hours, days);
    }

    @Test
    void rollsUpWithoutLosingACountOrASum() {
        double sum;
        try (LocalStore store = open(DAYS)) {
            fill(store, KEPT);
            fill(store, RULED);
            Found before = scan(store, RULED);
            sum = before.sum;
            assertThat(before.rollUps).isEmpty();

            store.setRetention(List.of(rule(Duration.ofDays(20), Duration.ofDays(1_000))), ZONE);
            store.sweepHistory();
            Found after = scan(store, RULED);
            assertThat(after.instances).isBetween(10L * 288, 10L * 288 + HistoryBlock.CAPACITY);
            assertThat(after.allInstances()).isEqualTo(DAYS * 288L);
            assertThat(after.allSum()).isEqualTo(sum);
            assertThat(after.rollUps).anyMatch(one -> one.to() - one.from() == 3_600_000_000L);
            assertThat(after.rollUps.stream().filter(one -> one.to() - one.from() > 3_600_000_000L))
                    .isNotEmpty()
                    .allMatch(one -> Instant.ofEpochSecond(one.from() / 1_000_000)
                                    .atZone(ZONE)
                                    .getHour()
                            == 0)
                    .anyMatch(one -> one.instances() == 288 && one.least() == 0 && one.most() == 6);
            RetentionReport report = store.listRetention().getFirst();
            assertThat(report.instancesRemoved()).isEqualTo(before.instances - after.instances);
            assertThat(report.lastSweep()).isPositive();

            store.sweepHistory();
            assertThat(scan(store, RULED).rollUps).isEqualTo(after.rollUps);
            assertThat(scan(store, KEPT).instances).isEqualTo(DAYS * 288L);
        }
        // what is late, and belongs to hours and days that were rolled up already, is added to them
        try (LocalStore store = open(DAYS)) {
            fill(store, RULED);
            store.setRetention(List.of(rule(Duration.ofDays(20), Duration.ofDays(1_000))), ZONE);
            store.sweepHistory();
            assertThat(scan(store, RULED).allSum()).isGreaterThan(1.7 * sum);
        }
        try (LocalStore store = open(5_000)) {
            store.setRetention(List.of(rule(Duration.ofDays(20), Duration.ofDays(1_000))), ZONE);
            store.sweepHistory();
            assertThat(scan(store, RULED).allInstances()).isZero();
            assertThat(store.listRetention().getFirst().rollUpsRemoved()).isPositive();
        }
    }

    @Test
    void removesWhatIsNotToBeRolledUp() {
        try (LocalStore store = open(DAYS)) {
            fill(store, RULED);
            store.setRetention(List.of(rule(null, null)), ZONE);
            store.sweepHistory();
            Found after = scan(store, RULED);
            assertThat(after.rollUps).isEmpty();
            assertThat(after.instances).isBetween(10L * 288, 10L * 288 + HistoryBlock.CAPACITY);
            assertThat(store.readHistory(
                                    Tenant.DEFAULT, ID, SeriesSelector.ALL, HistoryRange.of(TimeProperty.OBSERVED_AT))
                            .getFirst()
                            .points())
                    .hasSize((int) after.instances);
        }
    }
}
