package city.emona.vertical.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The stop times of all trips, packed: a million of them take about fifty megabytes, because equal texts are one. */
final class GtfsStopTimes {
    /** No stop times belong to the trips. */
    static final GtfsStopTimes NONE = new GtfsStopTimes();

    private static final Pattern TIME = Pattern.compile("\\d{1,3}:[0-5]\\d:[0-5]\\d");
    private static final String[] KEPT = {
        "stop_id",
        "stop_sequence",
        "arrival_time",
        "departure_time",
        "stop_headsign",
        "pickup_type",
        "drop_off_type",
        "timepoint",
        "shape_dist_traveled"
    };
    private static final int SEQUENCE = 1;

    private final Map<String, List<String[]>> byTrip = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /** Keeps a row, or says what is wrong with it. */
    Optional<String> add(List<String> names, List<String> fields) {
        Optional<String> wrong = wrongTimes(names, fields);
        if (wrong.isPresent()) {
            return wrong;
        }
        String[] row = new String[KEPT.length];
        for (int i = 0; i < KEPT.length; i++) {
            row[i] = shared(GtfsRecords.field(names, fields, KEPT[i]));
        }
        byTrip.computeIfAbsent(GtfsRecords.field(names, fields, "trip_id"), _ -> new ArrayList<>(8))
                .add(row);
        return Optional.empty();
    }

    private String shared(String text) {
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    /** What is wrong with the times of a row. */
    static Optional<String> wrongTimes(List<String> names, List<String> fields) {
        String arrival = GtfsRecords.field(names, fields, "arrival_time");
        String departure = GtfsRecords.field(names, fields, "departure_time");
        for (String time : List.of(arrival, departure)) {
            if (!time.isEmpty() && !TIME.matcher(time).matches()) {
                return Optional.of("»" + time + "« is no time such as 25:10:00");
            }
        }
        if (!arrival.isEmpty() && !departure.isEmpty() && seconds(departure) < seconds(arrival)) {
            return Optional.of("it departs at " + departure + " before it arrives at " + arrival);
        }
        String sequence = GtfsRecords.field(names, fields, "stop_sequence");
        return sequence.matches("\\d{1,9}")
                ? Optional.empty()
                : Optional.of("stop_sequence »" + sequence + "« is no whole number");
    }

    private static int seconds(String time) {
        String[] parts = time.split(":", -1);
        return Integer.parseInt(parts[0]) * 3600 + Integer.parseInt(parts[1]) * 60 + Integer.parseInt(parts[2]);
    }

    /** The rows of a trip in the order of their sequence; taken out, because each is wanted once. */
    List<Map<String, Object>> of(String trip) {
        List<String[]> rows = byTrip.remove(trip);
        if (rows == null) {
            return List.of();
        }
        rows.sort(Comparator.comparingInt(row -> Integer.parseInt(row[SEQUENCE])));
        return rows.stream().map(GtfsStopTimes::map).toList();
    }

    private static Map<String, Object> map(String[] row) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < KEPT.length; i++) {
            if (!row[i].isEmpty()) {
                map.put(KEPT[i], row[i]);
            }
        }
        return map;
    }
}
