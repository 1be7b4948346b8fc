package city.emona.broker;

import city.emona.problem.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the receiver of notifications is told beside them: a header, or an entry of the metadata (ETSI GS CIM 009 clause 5.2.22). */
public record ReceiverInfo(String key, String value) {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** What the connection itself decides. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    /**
     * Reads an object with the texts key and value.
     *
     * @throws Problem of type BadRequestData when it is none, or could not be sent as a header
     */
    public static ReceiverInfo read(JsonNode item) {
        JsonNode key = item.get("key");
        JsonNode value = item.get("value");
        boolean valid = key != null
                && value != null
                && key.isString()
                && value.isString()
                && HEADER.matcher(key.stringValue()).matches()
                && !OWN_HEADERS.contains(key.stringValue().toLowerCase(Locale.ROOT))
                && value.stringValue().chars().noneMatch(c -> c < ' ' || c > '~');
        if (!valid) {
            throw Problem.badRequestData(
                    "An element of receiverInfo is no header that could be sent.",
                    "Use objects with the texts key and value.");
        }
        return new ReceiverInfo(key.stringValue(), value.stringValue());
    }
}
