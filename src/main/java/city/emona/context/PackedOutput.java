package city.emona.context;

import city.emona.json.JsonOut;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A growing buffer of variable-length numbers and counted strings; see {@link PackedEntity}. */
public final class PackedOutput {
    /** A text so short is looked through sooner than it is copied. */
    private static final int SHORT = 64;

    private byte[] buffer = new byte[512];
    private int size;

    private void room(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    public void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** A number that may be below zero: those near zero take the fewest bytes. */
    public void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    /** A number of any size as eight bytes. */
    public void fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >> shift);
        }
    }

    @SuppressWarnings(
            "deprecation") // because: String.getBytes(int, int, byte[], int) copies ASCII without an array between
    public void string(String text) {
        int length = text.length();
        if (length > SHORT || !isAscii(text)) {
            bytes(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        number(length);
        room(length);
        text.getBytes(0, length, buffer, size);
        size += length;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** A JSON tree as counted bytes. */
    void json(JsonNode tree) {
        JsonOut out = new JsonOut(64);
        bytes(out.tree(tree).toBytes());
    }

    public void bytes(byte[] bytes) {
        number(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    public void strings(List<String> texts) {
        number(texts.size());
        texts.forEach(this::string);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }
}
