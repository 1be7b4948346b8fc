package city.emona.context;

import city.emona.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes entities of every kind of attribute, with odd texts and numbers, the same for the same seed. */
public final class RandomEntities {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "Bežigrad",
            "e\u0301",
            "\u00e9",
            "a\u0000b\u001f",
            "\"quoted\\",
            "\ud83d\ude80",
            "\u2028\u2029",
            "</script>",
            "urn:ngsi-ld:x",
            "2026-11-23T10:00:00Z",
            "x".repeat(3_000));
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1.0",
            "100.00",
            "0.1",
            "1E+3",
            "1e-7",
            "12345678901234567890",
            "-9223372036854775808",
            "2147483648",
            "999999999",
            "1234567890",
            "3.141592653589793238462643383279");

    private final Random random;

    public RandomEntities(long seed) {
        this.random = new Random(seed);
    }

    /** An entity of the given id. */
    public Entity next(String id) {
        List<String> types = new ArrayList<>(List.of("https://example.org/T" + random.nextInt(3)));
        if (random.nextInt(4) == 0) {
            types.add("https://example.org/Other");
        }
        List<String> scopes = random.nextInt(3) == 0 ? List.of("/a/b", "/č") : List.of();
        return new Entity(
                id,
                types,
                scopes,
                time(),
                time(),
                random.nextInt(4) == 0 ? 4_102_444_800_000L : 0,
                attributes(random.nextInt(6), 3));
    }

    private long time() {
        return random.nextInt(5) == 0 ? random.nextInt(100) : 1_700_000_000_000L + random.nextInt(1_000_000);
    }

    private List<Attribute> attributes(int count, int depth) {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<AttributeInstance> instances = new ArrayList<>();
            int instanceCount = random.nextInt(4) == 0 ? 3 : 1;
            for (int k = 0; k < instanceCount; k++) {
                instances.add(instance(k == 0 && random.nextBoolean() ? "" : "urn:dataset:" + k, depth));
            }
            attributes.add(new Attribute("https://example.org/attribute" + i, instances));
        }
        return attributes;
    }

    private AttributeInstance instance(String dataset, int depth) {
        AttributeType type = AttributeType.ofCode(random.nextInt(AttributeType.values().length));
        boolean unit = type == AttributeType.PROPERTY || type == AttributeType.LIST_PROPERTY;
        boolean link = type == AttributeType.RELATIONSHIP || type == AttributeType.LIST_RELATIONSHIP;
        return new AttributeInstance(
                type,
                value(type),
                dataset,
                random.nextInt(3) == 0 ? "2026-11-23T10:00:00.123456Z" : null,
                unit && random.nextInt(3) == 0 ? "CEL" : null,
                (unit || link) && random.nextInt(3) == 0 ? Json.parse("\"https://example.org/Kind\"") : null,
                time(),
                time(),
                random.nextInt(6) == 0 ? 4_102_444_800_000L : 0,
                depth == 0 ? List.of() : attributes(random.nextInt(3), depth - 1));
    }

    private JsonNode value(AttributeType type) {
        return switch (type) {
            case PROPERTY -> json(3);
            case RELATIONSHIP -> Json.parse(random.nextBoolean() ? "\"urn:x:1\"" : "[\"urn:x:1\",\"urn:x:2\"]");
            case GEO_PROPERTY -> Json.parse("{\"type\":\"Point\",\"coordinates\":[14.50,46.0]}");
            case LANGUAGE_PROPERTY -> Json.object().put("sl", text()).put("@none", text());
            case VOCAB_PROPERTY -> Json.parse("\"https://example.org/word\"");
            case LIST_PROPERTY -> array(2);
            case LIST_RELATIONSHIP -> Json.parse("[\"urn:x:1\",\"urn:x:1\"]");
            case JSON_PROPERTY -> object(2);
        };
    }

    private JsonNode json(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> Json.object().put("x", text()).get("x");
            case 1 -> number();
            case 2 -> Json.parse(Boolean.toString(random.nextBoolean()));
            case 3 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private JsonNode number() {
        String digits = NUMBERS.get(random.nextInt(NUMBERS.size()));
        return Json.parse(digits);
    }

    private ArrayNode array(int depth) {
        ArrayNode array = Json.array();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(json(depth));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Json.object();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(text(), random.nextInt(5) == 0 ? Json.parse("null") : json(depth));
        }
        return object;
    }

    /** A text that a careless program would change. */
    public String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
