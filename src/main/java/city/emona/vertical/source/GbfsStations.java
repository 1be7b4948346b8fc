package city.emona.vertical.source;

import city.emona.json.Json;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.RecordSet.Unusable;
import city.emona.vertical.format.RecordSink;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Joins {@code station_information} and {@code station_status}: a record has {@code station_id}, {@code names} by language, and the two
 * parts as they came as {@code information} and {@code status}.
 */
final class GbfsStations {
    private final Map<String, Map<String, @Nullable Object>> stations = new LinkedHashMap<>();
    private final Map<String, JsonNode> statuses = new HashMap<>();
    private final List<Unusable> unusable = new ArrayList<>();

    private GbfsStations() {}

    /** @param information by language; the language is empty where the feed has none */
    static void join(Map<String, JsonNode> information, JsonNode status, RecordSink sink) {
        GbfsStations join = new GbfsStations();
        boolean first = true;
        for (Map.Entry<String, JsonNode> one : information.entrySet()) {
            for (JsonNode station : one.getValue().path("data").path("stations")) {
                join.information(station, one.getKey(), first);
            }
            first = false;
        }
        for (JsonNode station : status.path("data").path("stations")) {
            join.status(station);
        }
        sink.header(header(status));
        join.unusable.forEach(one -> sink.unusable(one.content(), one.reason()));
        join.stations.forEach((id, record) -> {
            JsonNode own = join.statuses.get(id);
            if (own != null) {
                record.put("status", Json.toPlain(own));
            }
            sink.record(record);
        });
    }

    private static Map<String, @Nullable Object> header(JsonNode status) {
        Map<String, @Nullable Object> header = new HashMap<>();
        for (String member : List.of("version", "last_updated", "ttl")) {
            JsonNode value = status.get(member);
            if (value != null && !value.isNull()) {
                header.put(member, Json.toPlain(value));
            }
        }
        return header;
    }

    private void information(JsonNode station, String language, boolean first) {
        String id = station.path("station_id").asString("");
        if (id.isBlank()) {
            if (first) {
                reject(station, "Postaja nima oznake »station_id«.", "The station has no »station_id«.");
            }
            return;
        }
        Map<String, @Nullable Object> present = stations.get(id);
        if (present == null) {
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            record.put("station_id", id);
            record.put("names", new LinkedHashMap<>(names(station.path("name"), language)));
            record.put("information", Json.toPlain(station));
            stations.put(id, record);
        } else if (first) {
            reject(station, "Postaja »" + id + "« je opisana dvakrat.", "The station »" + id + "« is described twice.");
        } else if (present.get("names") instanceof Map<?, ?> known) {
            Map<Object, Object> names = new LinkedHashMap<>(known);
            names.putAll(names(station.path("name"), language));
            present.put("names", names);
        }
    }

    /** A name is a text in GBFS 1 and 2, and a list of texts with their languages in GBFS 3. */
    private static Map<String, String> names(JsonNode name, String language) {
        Map<String, String> names = new LinkedHashMap<>();
        if (name.isString() && !name.stringValue().isBlank()) {
            names.put(language, name.stringValue().strip());
        }
        for (JsonNode one : name) {
            String text = one.path("text").asString("").strip();
            if (!text.isEmpty()) {
                names.putIfAbsent(one.path("language").asString(""), text);
            }
        }
        return names;
    }

    private void status(JsonNode station) {
        String id = station.path("station_id").asString("");
        if (!stations.containsKey(id)) {
            reject(station, "Stanje neznane postaje »" + id + "«.", "The status of the unknown station »" + id + "«.");
            return;
        }
        JsonNode present = statuses.get(id);
        if (present == null) {
            statuses.put(id, station);
            return;
        }
        boolean newer = reported(station) >= reported(present);
        statuses.put(id, newer ? station : present);
        reject(
                newer ? present : station,
                "Stanje postaje »" + id + "« je navedeno dvakrat; velja novejše.",
                "The status of the station »" + id + "« is given twice; the newer one stands.");
    }

    private static long reported(JsonNode status) {
        JsonNode time = status.path("last_reported");
        if (time.isNumber()) {
            return time.asLong();
        }
        try {
            return OffsetDateTime.parse(time.asString("")).toEpochSecond();
        } catch (DateTimeException _) {
            return Long.MIN_VALUE;
        }
    }

    private void reject(JsonNode station, String sl, String en) {
        unusable.add(new Unusable(Json.toPlain(station), new LocalizedText(sl, en)));
    }
}
