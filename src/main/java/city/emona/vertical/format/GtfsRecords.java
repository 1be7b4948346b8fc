package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the tables of a GTFS feed, each with its {@code table}. A row of trips has its rows of stop_times with it, in order, unless these
 * are asked for as records of their own; a row of stops has {@code route_ids}, where the feed has trips. Rows that break the reference are
 * rejected with file and line.
 */
final class GtfsRecords {
    private final GtfsFeed feed;
    private final RecordSink sink;
    private final Map<String, Set<String>> ids = new HashMap<>();

    private GtfsRecords(GtfsFeed feed, RecordSink sink) {
        this.feed = feed;
        this.sink = sink;
    }

    static void read(byte[] bytes, List<String> tables, RecordSink sink) throws SourceFailure {
        try (GtfsFeed feed = new GtfsFeed(bytes)) {
            if (tables.stream().noneMatch(feed::has)) {
                String wanted = String.join(".txt, ", tables) + ".txt";
                throw new SourceFailure(
                        "V arhivu ni " + wanted + "; ima " + feed.listed() + ".",
                        "The archive has no " + wanted + "; it has " + feed.listed() + ".");
            }
            new GtfsRecords(feed, sink).read(tables);
        } catch (IOException e) {
            throw new SourceFailure(
                    "Arhiva ni mogoče prebrati: " + e.getMessage() + ".",
                    "The archive cannot be read: " + e.getMessage() + ".");
        }
    }

    private void read(List<String> tables) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("agency", rows("agency"));
        rows("feed_info").stream().findFirst().ifPresent(info -> header.put("feed_info", info));
        sink.header(header);
        for (String table : tables) {
            boolean joined = table.equals("trips") && !tables.contains("stop_times") && feed.has("stop_times");
            GtfsStopTimes times = joined ? stopTimes() : GtfsStopTimes.NONE;
            read(GtfsTable.of(table), times);
        }
    }

    private List<Map<String, Object>> rows(String table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        feed.read(table, (names, fields, _) -> rows.add(row(names, fields)));
        return rows;
    }

    private GtfsStopTimes stopTimes() {
        GtfsStopTimes times = new GtfsStopTimes();
        GtfsTable table = GtfsTable.of("stop_times");
        Optional<String> broken = feed.read("stop_times", (names, fields, line) -> {
            Optional<String> wrong = wrong(table, names, fields, Set.of());
            if (wrong.isEmpty()) {
                wrong = times.add(names, fields);
            }
            wrong.ifPresent(reason -> reject(table, names, fields, line, reason));
        });
        broken.ifPresent(reason -> brokenOff(table, reason));
        return times;
    }

    private void read(GtfsTable table, GtfsStopTimes times) {
        Set<String> seen = new HashSet<>();
        GtfsStopRoutes routes =
                table.name().equals("stops") && feed.has("stop_times") ? new GtfsStopRoutes(feed) : null;
        Optional<String> broken = feed.read(table.name(), (names, fields, line) -> {
            Optional<String> wrong = wrong(table, names, fields, seen);
            if (wrong.isEmpty() && table.name().equals("stop_times")) {
                wrong = GtfsStopTimes.wrongTimes(names, fields);
            }
            if (wrong.isPresent()) {
                reject(table, names, fields, line, wrong.get());
                return;
            }
            if (!table.key().isEmpty()) {
                seen.add(field(names, fields, table.key()));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", table.name());
            row.putAll(row(names, fields));
            if (times != GtfsStopTimes.NONE) {
                row.put("stop_times", times.of(field(names, fields, "trip_id")));
            }
            if (routes != null) {
                row.put("route_ids", routes.routes(field(names, fields, "stop_id")));
            }
            sink.record(row);
        });
        broken.ifPresent(reason -> brokenOff(table, reason));
    }

    private void brokenOff(GtfsTable table, String reason) {
        sink.brokenOff(new LocalizedText(
                table.name() + ".txt se pokvari: " + reason, table.name() + ".txt breaks: " + reason));
    }

    private void reject(GtfsTable table, List<String> names, List<String> fields, long line, String reason) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", table.name());
        row.putAll(row(names, fields));
        String where = table.name() + ".txt:" + line + ": ";
        sink.unusable(row, new LocalizedText(where + reason, where + reason));
    }

    private Optional<String> wrong(GtfsTable table, List<String> names, List<String> fields, Set<String> seen) {
        for (String required : table.required()) {
            if (field(names, fields, required).isEmpty()) {
                return Optional.of(required + (names.contains(required) ? " is empty" : " is not a column"));
            }
        }
        if (!table.key().isEmpty() && seen.contains(field(names, fields, table.key()))) {
            return Optional.of(table.key() + " »" + field(names, fields, table.key()) + "« occurs twice");
        }
        for (var reference : table.references().entrySet()) {
            String value = field(names, fields, reference.getKey());
            if (!value.isEmpty() && !isKnown(reference.getValue(), value)) {
                return Optional.of(reference.getKey() + " »" + value + "« is not in " + reference.getValue() + ".txt");
            }
        }
        return table.name().equals("stops") ? wrongPlace(names, fields) : Optional.empty();
    }

    private static Optional<String> wrongPlace(List<String> names, List<String> fields) {
        String latitude = field(names, fields, "stop_lat");
        String longitude = field(names, fields, "stop_lon");
        boolean mayLack = Set.of("3", "4").contains(field(names, fields, "location_type"));
        if (latitude.isEmpty() && longitude.isEmpty() && mayLack) {
            return Optional.empty();
        }
        try {
            double lat = Double.parseDouble(latitude);
            double lon = Double.parseDouble(longitude);
            if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat != 0 || lon != 0)) {
                return Optional.empty();
            }
        } catch (NumberFormatException _) {
            return Optional.of("stop_lat, stop_lon »" + latitude + ", " + longitude + "« are no position");
        }
        return Optional.of("stop_lat, stop_lon »" + latitude + ", " + longitude + "« are nowhere on Earth");
    }

    private boolean isKnown(String table, String id) {
        return (!feed.has(table) && !table.equals("calendar"))
                || ids.computeIfAbsent(table, this::idsOf).contains(id);
    }

    private Set<String> idsOf(String table) {
        Set<String> known = new HashSet<>();
        String column = GtfsTable.idColumn(table);
        feed.read(table, (names, fields, _) -> known.add(field(names, fields, column)));
        if (table.equals("calendar")) {
            feed.read("calendar_dates", (names, fields, _) -> known.add(field(names, fields, column)));
        }
        return known;
    }

    static String field(List<String> names, List<String> fields, String name) {
        int at = names.indexOf(name);
        return at < 0 || at >= fields.size() ? "" : fields.get(at).strip();
    }

    private static Map<String, Object> row(List<String> names, List<String> fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.size(), fields.size()); i++) {
            String value = fields.get(i).strip();
            if (!value.isEmpty()) {
                row.put(names.get(i), value);
            }
        }
        return row;
    }
}
