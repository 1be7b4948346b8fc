package city.emona.app.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The histories of the benchmark: series of a temperature each second, and stations with ten numbers each hour of a day. The values are those of a
 * regular sensor: they have one decimal, and follow the day.
 */
final class SeriesFixture {
    /** The attribute of a long series. */
    static final String ATTRIBUTE = "temperature";

    /** How many stations there are. */
    static final int STATIONS = 1_000;

    /** How many series each station has. */
    static final int NUMBERS = 10;

    /** How many series all stations have. */
    static final int SERIES = STATIONS * NUMBERS;

    private static final int HOURS = 24;
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    private final String type;

    /** Histories of a type of which the broker has no others. */
    SeriesFixture(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    String stationType() {
        return type + "Station";
    }

    /** The id of a long series. */
    String id(String name) {
        return "urn:ngsi-ld:" + type + ":" + name;
    }

    String stationId(long number) {
        return "urn:ngsi-ld:" + stationType() + ":" + number;
    }

    /** When a point of a long series was observed. */
    static Instant observedAt(long point) {
        return BEGIN.plusSeconds(point);
    }

    /** When the last numbers of stations were observed, and a moment more. */
    static Instant endOfStations() {
        return BEGIN.plusSeconds(HOURS * 3_600L);
    }

    /** The value of a point, in tenths. */
    static long tenths(long point) {
        return 120 + Math.round(80 * Math.sin(point * 2 * Math.PI / 86_400)) + point * 31 % 4;
    }

    /** The last of a station's numbers, in tenths. */
    static long lastTenths(long station, int attribute) {
        return tenths(station * 7 + attribute + (HOURS - 1) * 3_600L);
    }

    /** An entity's history with the next points of a series. */
    byte[] points(String id, long from, int count) {
        StringBuilder body = begin(id, type).append(",\"").append(ATTRIBUTE).append("\":[");
        for (long point = from; point < from + count; point++) {
            addInstance(body, point == from, tenths(point), observedAt(point));
        }
        return body.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The history of a station. */
    byte[] station(long number) {
        StringBuilder body = begin(stationId(number), stationType());
        for (int attribute = 0; attribute < NUMBERS; attribute++) {
            body.append(",\"number").append(attribute).append("\":[");
            for (long hour = 0; hour < HOURS; hour++) {
                long seconds = hour * 3_600;
                addInstance(body, hour == 0, tenths(number * 7 + attribute + seconds), BEGIN.plusSeconds(seconds));
            }
            body.append(']');
        }
        return body.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static StringBuilder begin(String id, String type) {
        return new StringBuilder("{\"id\":\"")
                .append(id)
                .append("\",\"type\":\"")
                .append(type)
                .append('"');
    }

    private static void addInstance(StringBuilder body, boolean first, long tenths, Instant at) {
        body.append(first ? "" : ",")
                .append("{\"type\":\"Property\",\"value\":")
                .append(tenths / 10)
                .append('.')
                .append(tenths % 10)
                .append(",\"observedAt\":\"")
                .append(at)
                .append("\"}");
    }
}
