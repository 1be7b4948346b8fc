package city.emona.store.local;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes made smaller. */
final class Deflated {
    private Deflated() {}

    /** A head as it is, and behind it bytes made smaller. */
    static byte[] append(byte[] head, byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = Arrays.copyOf(head, head.length + bytes.length + 64);
            int size = head.length;
            while (!deflater.finished()) {
                if (size == out.length) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                size += deflater.deflate(out, size, out.length - size);
            }
            return Arrays.copyOf(out, size);
        } finally {
            deflater.end();
        }
    }

    /**
     * The bytes as they were.
     *
     * @param length how many they are
     */
    static byte[] inflate(byte[] bytes, int from, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] out = new byte[length];
            int size = 0;
            while (size < length) {
                int more = inflater.inflate(out, size, length - size);
                if (more == 0) {
                    throw new IllegalArgumentException("deflated bytes are cut short");
                }
                size += more;
            }
            return out;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("bytes are not deflated", e);
        } finally {
            inflater.end();
        }
    }
}
