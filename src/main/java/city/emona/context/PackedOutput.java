package city.emona.context;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A growing buffer of variable-length numbers and counted strings; see {@link PackedEntity}. */
final class PackedOutput {
    private byte[] buffer = new byte[256];
    private int size;

    private void room(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void string(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        number(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    void strings(List<String> texts) {
        number(texts.size());
        texts.forEach(this::string);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }
}
