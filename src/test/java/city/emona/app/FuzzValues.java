package city.emona.app;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Values that are right, nearly right and wrong, for parameters, headers and JSON. */
final class FuzzValues {
    /** Good values of the parameters whose language an operation reads itself. */
    private static final Map<String, List<String>> GOOD = Map.ofEntries(
            Map.entry(
                    "type",
                    List.of(
                            "Bench",
                            "Bench,Lamp",
                            "(Bench;Lamp)|Tree",
                            "*",
                            "https://uri.etsi.org/ngsi-ld/default-context/Bench")),
            Map.entry("idPattern", List.of("^urn:.*1$", "Bench", "(a|b)*c", "(a+)+$", "[", "\\d{2,3}")),
            Map.entry(
                    "q",
                    List.of(
                            "seats>3",
                            "material==\"wood\";seats<=4|colour",
                            "a.b[c.d]~=\"x.*\"",
                            "seats==1..5",
                            "name[sl]==\"klop\"",
                            "standsIn==urn:ngsi-ld:District:1",
                            "(a;b)|!c",
                            "when>=2026-11-23T08:00:00Z",
                            "standsIn{name}==\"x\"",
                            "seats!=1,2,3")),
            Map.entry("scopeQ", List.of("/Ljubljana/#", "/a/+/b", "(/a;/b),/c", "/#")),
            Map.entry("csf", List.of("endpoint==\"x\"", "a>1")),
            Map.entry(
                    "georel",
                    List.of(
                            "near;maxDistance==500",
                            "near;minDistance==1",
                            "within",
                            "intersects",
                            "overlaps",
                            "disjoint",
                            "equals",
                            "contains")),
            Map.entry("geometry", List.of("Point", "Polygon", "LineString", "MultiPolygon")),
            Map.entry(
                    "coordinates",
                    List.of(
                            "[14.5,46.05]",
                            "[[[14,46],[15,46],[15,47],[14,46]]]",
                            "[[14,46],[15,47]]",
                            "[]",
                            "[181,91]")),
            Map.entry("geoproperty", List.of("location", "operationSpace")),
            Map.entry("geometryProperty", List.of("location")),
            Map.entry("attrs", List.of("material", "material,seats")),
            Map.entry("pick", List.of("id,material", "type", "standsIn{name,standsIn{id}}", "scope")),
            Map.entry("omit", List.of("material", "id", "standsIn{name}")),
            Map.entry("lang", List.of("sl", "sl,en;q=0.5,*;q=0.1")),
            Map.entry("datasetId", List.of("@none", "urn:ngsi-ld:Sensor:7,@none")),
            Map.entry("orderBy", List.of("seats", "seats;desc,material", "location;dist-asc")),
            Map.entry("collation", List.of("sl", "en-u-ks-level2", "zz-zz-zz")),
            Map.entry("observedAt", List.of("2026-11-23T08:00:00Z", "2026-11-23T08:00:00,123456Z")),
            Map.entry("containedBy", List.of("urn:ngsi-ld:Bench:1,urn:ngsi-ld:Bench:2")),
            Map.entry("joinLevel", List.of("1", "3", "99999999")),
            Map.entry("keep", List.of("material")),
            Map.entry("drop", List.of("material,seats")),
            Map.entry("expandValues", List.of("material")),
            Map.entry("jsonKeys", List.of("material")));

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "null",
            "@none",
            "urn:ngsi-ld:null",
            "__proto__",
            "../../etc/passwd",
            "%00",
            "\u0000",
            "\uFEFF",
            "e\u0301",
            "\u00e9",
            "\uD83D\uDE00",
            "\u202E",
            "'; DROP TABLE x; --",
            "${jndi:ldap://x/a}",
            "<script>alert(1)</script>",
            "-1",
            "0",
            "2147483648",
            "1e999999999",
            "NaN",
            "true",
            "a,b,,c",
            "http://",
            "urn:",
            "((((((((((((((((((((",
            "a;".repeat(500),
            "(".repeat(3_000),
            "x".repeat(10_000),
            "[".repeat(500));

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1.10",
            "1e400",
            "-1E-400",
            "1e99999999999",
            "123456789012345678901234567890.1234567890",
            "9".repeat(400),
            "\"\"",
            "\"urn:ngsi-ld:null\"",
            "\"e\\u0301\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"2026-13-99T99:99:99Z\"",
            "\"urn:ngsi-ld:Bench:1\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[1,\"a\",null,{}]",
            "{\"type\":\"Property\"}",
            "{\"type\":\"Property\",\"value\":null}",
            "{\"type\":\"Relationship\",\"object\":[\"urn:a:1\",7]}",
            "{\"type\":\"LanguageProperty\",\"languageMap\":{\"@none\":\"urn:ngsi-ld:null\"}}",
            "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1e300,0],[1,1],[0,0]]]}}",
            "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"Point\",\"coordinates\":[[[]]]}}",
            "{\"type\":\"ListRelationship\",\"objectList\":[{\"object\":{}}]}",
            "{\"type\":\"VocabProperty\",\"vocab\":[1]}",
            "{\"type\":\"Unheard\",\"value\":1}",
            "{\"@type\":\"@json\",\"@value\":null}",
            "{\"@value\":{\"@id\":\"x\"}}",
            "[{\"type\":\"Property\",\"value\":1},{\"type\":\"Property\",\"value\":2}]",
            "[{\"type\":\"Property\",\"value\":1,\"datasetId\":\"urn:x:1\"},{\"type\":\"Property\",\"value\":2,\"datasetId\":\"urn:x:1\"}]",
            "{\"a\":1,\"a\":2}",
            "[".repeat(90) + "]".repeat(90),
            "[".repeat(200) + "]".repeat(200),
            "{\"a\":".repeat(120) + "1" + "}".repeat(120),
            "\"" + "y".repeat(20_000) + "\"");

    private static final List<String> NAMES = List.of(
            "id",
            "@id",
            "type",
            "@type",
            "scope",
            "@context",
            "value",
            "object",
            "datasetId",
            "observedAt",
            "expiresAt",
            "createdAt",
            "unitCode",
            "languageMap",
            "vocab",
            "json",
            "objectList",
            "valueList",
            "objectType",
            "entity",
            "location",
            "",
            " ",
            "a b",
            "a.b",
            "@graph",
            "@set",
            "http://x.example/y",
            "ex:a",
            "ngsi-ld:x",
            "\u0161t",
            "urn:ngsi-ld:null",
            "n".repeat(3_000));

    private final SplittableRandom random;
    private final List<String> contexts;

    /** @param contexts addresses of contexts, good and bad */
    FuzzValues(SplittableRandom random, List<String> contexts) {
        this.random = random;
        this.contexts = contexts;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean in(int chances) {
        return random.nextInt(chances) == 0;
    }

    String nasty() {
        return one(NASTY);
    }

    String json() {
        return one(JSON);
    }

    String name() {
        return one(NAMES);
    }

    /** The text of a {@code @context} member. */
    String context() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> "\"" + one(contexts) + "\"";
            case 2 -> "[\"" + one(contexts) + "\",{\"x\":\"urn:x\"}]";
            case 3 ->
                "{\"Bench\":\"https://example.org/Bench\",\"material\":{\"@id\":\"ex:m\"},\"ex\":\"https://example.org/\"}";
            case 4 -> "{\"" + name() + "\":" + json() + "}";
            default -> json();
        };
    }

    String contextAddress() {
        return one(contexts);
    }

    /** A value for a parameter, mostly of its language. */
    String parameter(String name) {
        List<String> good = GOOD.getOrDefault(name, List.of("urn:ngsi-ld:Bench:1", "Bench", "true", "3"));
        return switch (random.nextInt(10)) {
            case 0 -> nasty();
            case 1, 2, 3 -> scrambled(one(good));
            default -> one(good);
        };
    }

    /** The text with some of its characters lost, doubled, moved or changed. */
    String scrambled(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !out.isEmpty(); i--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(5)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, out.charAt(random.nextInt(out.length())));
                case 2 -> out.insert(at, out.substring(at));
                case 3 -> out.setCharAt(at, "();|,\"'[]{}.*+?\\/~=<>!#@:&% \t\u017e\u0000".charAt(random.nextInt(30)));
                default -> out.setLength(at);
            }
        }
        return out.length() > 12_000 ? out.substring(0, 12_000) : out.toString();
    }
}
