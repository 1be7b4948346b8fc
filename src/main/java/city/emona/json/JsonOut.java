package city.emona.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A growing buffer of UTF-8 JSON. It writes what it is told and checks nothing: the caller places brackets and commas. Not thread safe.
 */
public final class JsonOut {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int size;

    public JsonOut() {
        this(512);
    }

    public JsonOut(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    /** How many bytes are written so far. */
    public int size() {
        return size;
    }

    /** The last byte written. */
    public byte last() {
        return buffer[size - 1];
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Forgets what was written and keeps the buffer. */
    public void clear() {
        size = 0;
    }

    /** Takes the last {@code count} bytes back. */
    public void drop(int count) {
        size -= count;
    }

    private void room(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** One ASCII character, as it is. */
    public JsonOut ascii(char character) {
        room(1);
        buffer[size++] = (byte) character;
        return this;
    }

    /** ASCII text, as it is. */
    @SuppressWarnings(
            "deprecation") // because: String.getBytes(int, int, byte[], int) copies Latin-1 without an encoder
    public JsonOut ascii(String text) {
        int length = text.length();
        room(length);
        text.getBytes(0, length, buffer, size);
        size += length;
        return this;
    }

    /** Bytes that are JSON already. */
    public JsonOut raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    /** Bytes that are JSON already. */
    public JsonOut raw(byte[] bytes, int offset, int length) {
        room(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** A JSON tree. */
    public JsonOut tree(JsonNode node) {
        if (node.isString()) {
            return string(node.stringValue());
        }
        if (node instanceof ArrayNode array) {
            return array(array);
        }
        if (node instanceof ObjectNode object) {
            return object(object);
        }
        return node.isIntegralNumber() || node.isBigDecimal() || node.isBoolean()
                ? ascii(node.asString())
                : raw(Json.bytes(node));
    }

    private JsonOut array(ArrayNode array) {
        ascii('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                ascii(',');
            }
            tree(array.get(i));
        }
        return ascii(']');
    }

    private JsonOut object(ObjectNode object) {
        ascii('{');
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            name(member.getKey()).tree(member.getValue()).ascii(',');
        }
        if (last() == ',') {
            drop(1);
        }
        return ascii('}');
    }

    /** A whole number. */
    public JsonOut number(long number) {
        return ascii(Long.toString(number));
    }

    /** {@code "name":} */
    public JsonOut name(String name) {
        return string(name).ascii(':');
    }

    /** A quoted and escaped string. Unpaired surrogates, which UTF-8 cannot hold, become U+FFFD. */
    public JsonOut string(String text) {
        int length = text.length();
        room(length * 3 + 2);
        buffer[size++] = '"';
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c >= 0x20 && c != '"' && c != '\\') {
                    buffer[size++] = (byte) c;
                } else {
                    escape(c, (length - i) * 3);
                }
            } else if (c < 0x800) {
                buffer[size++] = (byte) (0xC0 | (c >> 6));
                buffer[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                buffer[size++] = (byte) (0xF0 | (point >> 18));
                buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                buffer[size++] = (byte) (0x80 | (point & 0x3F));
            } else {
                int point = Character.isSurrogate(c) ? 0xFFFD : c;
                buffer[size++] = (byte) (0xE0 | (point >> 12));
                buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                buffer[size++] = (byte) (0x80 | (point & 0x3F));
            }
            i++;
        }
        buffer[size++] = '"';
        return this;
    }

    private void escape(char c, int roomForRest) {
        room(6 + roomForRest + 2);
        buffer[size++] = '\\';
        switch (c) {
            case '"', '\\' -> buffer[size++] = (byte) c;
            case '\n' -> buffer[size++] = 'n';
            case '\r' -> buffer[size++] = 'r';
            case '\t' -> buffer[size++] = 't';
            case '\b' -> buffer[size++] = 'b';
            case '\f' -> buffer[size++] = 'f';
            default -> {
                buffer[size++] = 'u';
                buffer[size++] = '0';
                buffer[size++] = '0';
                buffer[size++] = HEX[c >> 4];
                buffer[size++] = HEX[c & 0xF];
            }
        }
    }
}
