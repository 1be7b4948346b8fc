package city.emona.json;

import city.emona.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON trees. Numbers keep the digits they came with; text is not normalised; a member that occurs twice, text behind
 * the document and nesting deeper than {@value #MAX_NESTING} are errors.
 */
public final class Json {
    /** How deep arrays and objects may nest. */
    public static final int MAX_NESTING = 100;

    /** How many digits a number may have. */
    public static final int MAX_NUMBER_LENGTH = 500;

    /** How many characters a text may have. */
    public static final int MAX_STRING_LENGTH = 8_000_000;

    /** How many characters the name of a member may have. */
    public static final int MAX_NAME_LENGTH = 10_000;

    /** How many names, values, brackets and braces a document may have; some bytes of JSON become a hundred in memory. */
    public static final int MAX_TOKENS = 3_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // the tree's own objects find a member that occurs twice at no cost; the parser would keep a set beside
            // each
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final TokenStreamFactory LONG = MAPPER.tokenStreamFactory()
            .rebuild()
            .streamReadConstraints(MAPPER.tokenStreamFactory()
                    .streamReadConstraints()
                    .rebuild()
                    .maxTokenCount(-1)
                    .build())
            .build();

    /** Reads one of several values that follow each other. */
    private static final ObjectReader ITEM =
            MAPPER.readerFor(Object.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * Parses one UTF-8 document.
     *
     * @throws Problem of type InvalidRequest, with the place of the error
     */
    public static JsonNode parse(byte[] utf8) {
        if (isOtherUnicode(utf8)) {
            throw Problem.invalidRequest("The JSON document is not in UTF-8.", "Send it in UTF-8 (RFC 8259).");
        }
        try {
            JsonNode node = MAPPER.readTree(utf8);
            if (node.isMissingNode()) {
                throw Problem.invalidRequest("The JSON document is empty.", "Send a JSON document.");
            }
            if (mayHoldSurrogates(utf8) && hasUnpairedSurrogate(node)) {
                throw Problem.invalidRequest(
                        "A text holds half of a surrogate pair, which is no character.", "Send whole characters.");
            }
            return node;
        } catch (JacksonException e) {
            throw notJson(e);
        } catch (NumberFormatException e) {
            throw Problem.invalidRequest("A number is out of every range.", "Send numbers with smaller exponents.");
        }
    }

    /** Whether this is UTF-16 or UTF-32, which the parser would take for itself: no document in UTF-8 holds a zero or begins with FE or FF. */
    private static boolean isOtherUnicode(byte[] bytes) {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return bytes.length > 1 && (bytes[0] & bytes[1] & 0xFE) == 0xFE;
    }

    private static boolean mayHoldSurrogates(byte[] utf8) {
        for (int i = 0; i + 2 < utf8.length; i++) {
            boolean escaped = utf8[i] == '\\' && utf8[i + 1] == 'u' && (utf8[i + 2] | 0x20) == 'd';
            boolean encoded = utf8[i] == (byte) 0xED && (utf8[i + 1] & 0xFF) >= 0xA0;
            if (escaped || encoded) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasUnpairedSurrogate(JsonNode node) {
        if (node.isString()) {
            return hasUnpairedSurrogate(node.stringValue());
        }
        for (String name : node.propertyNames()) {
            if (hasUnpairedSurrogate(name)) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (hasUnpairedSurrogate(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasUnpairedSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Parses one document; see {@link #parse(byte[])}. */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static Problem notJson(JacksonException e) {
        var place = e.getLocation();
        String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        if (e instanceof MismatchedInputException && e.getOriginalMessage().startsWith("Duplicate")) {
            return Problem.invalidRequest(
                    "A member of the same name occurs twice in an object" + where + ".", "Write each member once.");
        }
        if (e instanceof StreamConstraintsException) {
            return Problem.invalidRequest(
                    "The JSON document goes beyond a bound: " + e.getOriginalMessage() + where + ".",
                    "Send a flatter or a smaller one, or several.");
        }
        return Problem.invalidRequest(
                "The text is not valid JSON: " + e.getOriginalMessage() + where + ".", "Send a valid JSON document.");
    }

    /** The tree as compact UTF-8. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** The tree as compact text. */
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** The tree as indented text, for people. */
    public static String prettyText(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /** A tree of the same content as maps, lists, strings, numbers, booleans and null. */
    public static Object toPlain(JsonNode node) {
        return MAPPER.treeToValue(node, Object.class);
    }

    /** The tree of maps, lists, strings, numbers, booleans and nulls, the same as if it had been parsed. */
    public static JsonNode fromPlain(Object plain) {
        return parse(MAPPER.writeValueAsBytes(plain));
    }

    /** A parser of a document of any length; nothing that is read with it may grow without bound. */
    static JsonParser longParser(String text) {
        return LONG.createParser(ObjectReadContext.empty(), text);
    }

    /** The value at which a parser stands, as {@link #toPlain} would give it. */
    static @Nullable Object readPlain(JsonParser parser) {
        return ITEM.readValue(parser);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
