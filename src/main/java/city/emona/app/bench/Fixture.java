package city.emona.app.bench;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The entities of the benchmark: about 550 bytes of normalized NGSI-LD with five attributes (text; number with unit and time; point;
 * relationship with a sub-relationship; number). They are made by setting digits in a template, so that making one costs the load
 * generator less than sending it.
 */
final class Fixture {
    /** The attributes of each entity. */
    static final List<String> ATTRIBUTES = List.of("name", "temperature", "location", "refRoad", "capacity");

    /** The capacities are this number and those that follow, each as frequent as the others. */
    static final int LEAST_CAPACITY = 1_000;

    static final int CAPACITIES = 1_000;

    private static final String NUMBER = "nnnnnnn";
    private static final String READING = "rrrrrrr";
    private static final String CAPACITY = "ccc";
    private static final String LONGITUDE = "xxxxxx";
    private static final String LATITUDE = "yyyyyy";
    private static final String TEMPERATURE = """
            "temperature":{"type":"Property","value":21.rrrrrrr,"unitCode":"CEL","observedAt":"2026-11-23T09:00:00Z"}""";

    private final String type;
    private final Template id;
    private final Template quotedId;
    private final Template entity;
    private final Template patch = new Template("{" + TEMPERATURE + "}");

    /** Entities of a type of which the broker has no others. */
    Fixture(String type) {
        this.type = type;
        id = new Template("urn:ngsi-ld:" + type + ":" + NUMBER);
        quotedId = new Template("\"" + id.text + "\"");
        entity = new Template("""
                {"id":"%s","type":"%s","name":{"type":"Property","value":"Merilno mesto nnnnnnn, Ljubljana"},%s,\
                "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[14.5xxxxxx,46.0yyyyyy]}},\
                "refRoad":{"type":"Relationship","object":"urn:ngsi-ld:RoadSegment:LJ-nnnnnnn",\
                "district":{"type":"Relationship","object":"urn:ngsi-ld:AdministrativeArea:LJ-07"}},\
                "capacity":{"type":"Property","value":1ccc}}""".formatted(id.text, type, TEMPERATURE));
    }

    /** A type name that no earlier run against the same broker has used. */
    static String freshType() {
        return "Bench" + Long.toString(System.currentTimeMillis(), 36).toUpperCase(Locale.ROOT);
    }

    String type() {
        return type;
    }

    String id(long number) {
        return new String(id.with(number, 0), StandardCharsets.US_ASCII);
    }

    /** What an answer contains when it is about this entity. */
    byte[] quotedId(long number) {
        return quotedId.with(number, 0);
    }

    byte[] entity(long number, long reading) {
        return entity.with(number, reading);
    }

    /** The body that changes an entity's temperature to a reading. */
    byte[] patch(long reading) {
        return patch.with(0, reading);
    }

    /** An entity's capacity. */
    static int capacity(long number) {
        return LEAST_CAPACITY + (int) (number * 919 % CAPACITIES);
    }

    /** The longitude of an entity's location; the locations are spread evenly over a city of eight by eleven kilometres. */
    static double longitude(long number) {
        return 14.5 + eastMillionths(number) / 1e7;
    }

    static double latitude(long number) {
        return 46.0 + northMillionths(number) / 1e7;
    }

    /** Multiples of these two parts of the plastic number fill a square evenly. */
    private static long eastMillionths(long number) {
        return number * 754_877 % 1_000_000;
    }

    private static long northMillionths(long number) {
        return number * 569_841 % 1_000_000;
    }

    /** The temperature that stands for a reading. */
    static BigDecimal temperature(long reading) {
        return new BigDecimal("21." + String.format(Locale.ROOT, "%07d", reading % 10_000_000));
    }

    /** A JSON array of entities whose numbers follow each other. */
    byte[] batch(long firstNumber, int count, long reading) {
        ByteBuffer out = ByteBuffer.allocate(count * (entity.text.length() + 1) + 1);
        for (int i = 0; i < count; i++) {
            out.put((byte) (i == 0 ? '[' : ',')).put(entity.with(firstNumber + i, reading));
        }
        return out.put((byte) ']').array();
    }

    /** ASCII text with places for the digits of an entity's number, of what follows from it, and of a reading. */
    private static final class Template {
        private final String text;
        private final byte[] ascii;

        Template(String text) {
            this.text = text;
            ascii = text.getBytes(StandardCharsets.US_ASCII);
        }

        byte[] with(long number, long reading) {
            byte[] out = ascii.clone();
            fill(out, NUMBER, number);
            fill(out, READING, reading);
            fill(out, CAPACITY, capacity(number) - LEAST_CAPACITY);
            fill(out, LONGITUDE, eastMillionths(number));
            fill(out, LATITUDE, northMillionths(number));
            return out;
        }

        private void fill(byte[] out, String place, long value) {
            for (int at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + place.length())) {
                long rest = value;
                for (int i = place.length() - 1; i >= 0; i--) {
                    out[at + i] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
            }
        }
    }
}
