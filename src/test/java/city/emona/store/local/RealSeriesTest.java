package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.HistoryWrite;
import city.emona.store.Tenant;
import city.emona.store.local.RocksFiles.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a point costs on disk in series that real services gave; skipped where the collection is not at hand. */
class RealSeriesTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    /** What packed series cost: points, and bytes of keys and values before the files are compressed. */
    private record Cost(long points, long bytes) {
        double perPoint() {
            return (double) bytes / points;
        }
    }

    private static List<String> lines(String path) throws IOException {
        Path file = DATA.resolve(path);
        assumeTrue(Files.exists(file), "the collection of real files is not at hand: " + file);
        return Files.readAllLines(file);
    }

    private static AttributeInstance instance(String number, String observedAt) {
        return new AttributeInstance(
                AttributeType.PROPERTY, Json.parse(number), "", observedAt, null, null, 0, 0, 0, List.of());
    }

    /** Writes one entity for each name with one series, packs all, and sums up what is on disk. */
    private Cost cost(Map<String, List<AttributeInstance>> series) {
        long points = 0;
        try (LocalStore store = LocalStore.open(folder, 0, Clock.systemUTC())) {
            for (Map.Entry<String, List<AttributeInstance>> one : series.entrySet()) {
                String id = "urn:ngsi-ld:Series:" + points;
                for (int from = 0; from < one.getValue().size(); from += 500) {
                    List<AttributeInstance> some = one.getValue()
                            .subList(from, Math.min(from + 500, one.getValue().size()));
                    List<HistoryWrite.Addition> additions = some.stream()
                            .map(instance -> new HistoryWrite.Addition("https://example.org/level", instance))
                            .toList();
                    store.commit(new ChangeSet(
                            Tenant.DEFAULT,
                            List.of(),
                            List.of(),
                            List.of(new HistoryWrite.Append(id, List.of("https://example.org/Series"), additions))));
                }
                store.packHistory(Tenant.DEFAULT, id);
                points += one.getValue().size();
            }
        }
        long[] bytes = {0};
        try (DataFolder locked = DataFolder.lock(folder);
                RocksFiles files = RocksFiles.open(locked.store(), false)) {
            files.forEach(Family.HISTORY, (key, value) -> bytes[0] += key.length + value.length);
        }
        return new Cost(points, bytes[0]);
    }

    @Test
    void aSeriesOfBikeStationsTakesFourBytesForAPointOrLess() throws IOException {
        List<String> lines = lines("01-gbfs/ljubljana-timeseries/bicikelj_train_2022-08_10.csv");
        String[] stations = lines.getFirst().split(",");
        Map<String, List<AttributeInstance>> series = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            String observedAt = cells[0].replace(' ', 'T') + "Z";
            for (int i = 1; i < cells.length; i++) {
                series.computeIfAbsent(stations[i], _ -> new ArrayList<>()).add(instance(cells[i], observedAt));
            }
        }

        Cost cost = cost(series);

        System.out.printf(
                "BicikeLJ, %d stations: %d points, %.2f bytes each%n", series.size(), cost.points, cost.perPoint());
        assertThat(cost.points).isGreaterThan(600_000);
        assertThat(cost.perPoint()).isLessThanOrEqualTo(4);
    }

    @Test
    void aSeriesOfTemperatureTakesFewBytesForAPoint() throws IOException {
        String xml =
                String.join("\n", lines("07-weather-water/arso-meteo/observationAms_KRANJ_history_2023-06-18.xml"));
        Matcher readings = Pattern.compile(
                        "<valid_UTC>(\\d\\d)\\.(\\d\\d)\\.(\\d{4}) (\\d{1,2}):(\\d\\d) UTC</valid_UTC>.*?<t>([-0-9.]+)</t>",
                        Pattern.DOTALL)
                .matcher(xml);
        List<AttributeInstance> temperatures = new ArrayList<>();
        while (readings.find()) {
            String observedAt = readings.group(3) + "-" + readings.group(2) + "-" + readings.group(1) + "T"
                    + (readings.group(4).length() == 1 ? "0" : "") + readings.group(4) + ":" + readings.group(5)
                    + ":00Z";
            temperatures.add(instance(readings.group(6), observedAt));
        }

        Cost cost = cost(Map.of("t", temperatures));

        System.out.printf("Temperature, one station: %d points, %.2f bytes each%n", cost.points, cost.perPoint());
        assertThat(cost.points).isGreaterThan(100);
        assertThat(cost.perPoint()).isLessThanOrEqualTo(4);
    }
}
