package city.emona.http;

import city.emona.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query string, percent-decoded once, in the order they came. A plus sign is a space in a value that is written as
 * forms and many libraries write it, with nothing but letters, digits, {@code *-._} and percent signs around it; otherwise it stays a plus
 * sign, which date-times, scopes and patterns contain.
 */
public final class QueryParameters {
    /** A query string without parameters. */
    public static final QueryParameters EMPTY = new QueryParameters("", Map.of());

    private final String raw;
    private final Map<String, List<String>> values;

    private QueryParameters(String raw, Map<String, List<String>> values) {
        this.raw = raw;
        this.values = values;
    }

    /**
     * Reads the part of an address behind the question mark.
     *
     * @throws Problem of type InvalidRequest when a percent sign is not followed by two hexadecimal digits or the bytes are not UTF-8
     */
    public static QueryParameters parse(String queryString) {
        if (queryString.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        int start = 0;
        while (start <= queryString.length()) {
            int end = queryString.indexOf('&', start);
            if (end < 0) {
                end = queryString.length();
            }
            if (end > start) {
                String pair = queryString.substring(start, end);
                int equals = pair.indexOf('=');
                String name = percentDecode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : value(pair.substring(equals + 1));
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        return new QueryParameters(queryString, values);
    }

    private static String value(String raw) {
        boolean ofForm = raw.indexOf('+') >= 0 && raw.indexOf('%') >= 0 && isOfForm(raw);
        return percentDecode(ofForm ? raw.replace('+', ' ') : raw);
    }

    private static boolean isOfForm(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && "*-._+%".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Decodes %XX sequences as UTF-8.
     *
     * @throws Problem of type InvalidRequest when the text is not percent-encoded UTF-8
     */
    public static String percentDecode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = digit(in, i + 1);
                int low = digit(in, i + 2);
                if (high < 0 || low < 0) {
                    throw badEncoding(text);
                }
                out[size++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                out[size++] = in[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badEncoding(text);
        }
    }

    private static int digit(byte[] in, int at) {
        return at < in.length ? Character.digit(in[at], 16) : -1;
    }

    private static Problem badEncoding(String text) {
        return Problem.invalidRequest(
                "»" + text + "« in the address is not percent-encoded UTF-8.",
                "Write a percent sign as %25 and encode text as UTF-8.");
    }

    /** The query string as it came. */
    public String raw() {
        return raw;
    }

    /** The names, in the order they came. */
    public Set<String> names() {
        return values.keySet();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The one value of a parameter.
     *
     * @throws Problem of type InvalidRequest when the parameter occurs more than once
     */
    public Optional<String> find(String name) {
        List<String> found = values.get(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw Problem.invalidRequest(
                    "The parameter " + name + " occurs " + found.size() + " times.", "Send it once.");
        }
        return Optional.of(found.getFirst());
    }
}
