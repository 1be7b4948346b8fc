package city.emona.context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link PackedOutput} wrote. */
public final class PackedInput {
    private final byte[] buffer;
    private int position;

    public PackedInput(byte[] buffer, int position) {
        this.buffer = buffer;
        this.position = position;
    }

    public int position() {
        return position;
    }

    public long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = buffer[position++];
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** A number below zero too, as {@link PackedOutput#signed} wrote it. */
    public long signed() {
        long folded = number();
        return (folded >>> 1) ^ -(folded & 1);
    }

    /** A number as {@link PackedOutput#fixed} wrote it. */
    public long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (buffer[position++] & 0xFF);
        }
        return value;
    }

    private int length() {
        long length = number();
        if (length < 0 || length > buffer.length - position) {
            throw new IndexOutOfBoundsException("a length of " + length + " exceeds the buffer");
        }
        return (int) length;
    }

    public String string() {
        int length = length();
        String text = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    public byte[] bytes() {
        int length = length();
        byte[] bytes = new byte[length];
        System.arraycopy(buffer, position, bytes, 0, length);
        position += length;
        return bytes;
    }

    /** Passes over a counted string or counted bytes. */
    public void skip() {
        int length = length();
        position += length;
    }

    /** Passes over bytes. */
    public void pass(int bytes) {
        position += bytes;
    }

    /** Passes over a counted list of strings. */
    void skipStrings() {
        int count = length();
        for (int i = 0; i < count; i++) {
            skip();
        }
    }

    public List<String> strings() {
        int count = length();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(string());
        }
        return texts;
    }
}
