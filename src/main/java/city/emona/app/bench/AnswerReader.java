package city.emona.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 answers, one after the other, from one connection (RFC 9112, section 6). Not for use by several threads. */
final class AnswerReader {
    private static final int UNKNOWN = -1;
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final byte[] CONTENT_LENGTH = "content-length".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[32 * 1024];
    private int filled;
    private int scanned;
    private int status;
    private int bodyStart;
    private int contentLength;
    private boolean chunked;
    private int chunkRead;
    private int chunkWritten;

    AnswerReader() {
        clear();
    }

    private void clear() {
        filled = 0;
        scanned = 0;
        bodyStart = UNKNOWN;
        contentLength = UNKNOWN;
        chunked = false;
    }

    /**
     * Reads what the channel has now.
     *
     * @return the answer when it is complete, null when more must come
     * @throws IOException when the connection was closed or the answer is not HTTP
     */
    @Nullable
    Answer read(ReadableByteChannel channel) throws IOException {
        if (filled == bytes.length) {
            grow();
        }
        int count = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
        if (count < 0) {
            throw new IOException("the server closed the connection");
        }
        filled += count;
        if (bodyStart == UNKNOWN && !readHead()) {
            return null;
        }
        int length = chunked ? readChunks() : readPlainBody();
        if (length == UNKNOWN) {
            return null;
        }
        Answer answer = new Answer(status, bytes, bodyStart, length);
        clear();
        return answer;
    }

    private void grow() throws IOException {
        if (bytes.length >= LARGEST_ANSWER) {
            throw new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes");
        }
        bytes = Arrays.copyOf(bytes, bytes.length * 4);
    }

    private boolean readHead() throws IOException {
        for (int at = Math.max(scanned, 3); at < filled; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                readStatus();
                readHeaders(at - 1);
                bodyStart = at + 1;
                chunkRead = bodyStart;
                chunkWritten = bodyStart;
                checkFraming();
                return true;
            }
        }
        scanned = filled;
        return false;
    }

    private void readStatus() throws IOException {
        if (filled < 12 || bytes[0] != 'H' || bytes[5] != '1' || bytes[8] != ' ') {
            throw new IOException("the answer is not HTTP/1.1");
        }
        status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    private void readHeaders(int end) throws IOException {
        int line = endOfLine(0, end) + 1;
        while (line < end) {
            int next = endOfLine(line, end) + 1;
            if (startsWith(line, CONTENT_LENGTH)) {
                contentLength = number(line + CONTENT_LENGTH.length + 1, next);
            } else if (startsWith(line, TRANSFER_ENCODING)) {
                chunked = contains(line, next, CHUNKED);
            }
            line = next;
        }
    }

    private void checkFraming() throws IOException {
        if (status == 204 || status == 304) {
            contentLength = 0;
            chunked = false;
        } else if (contentLength == UNKNOWN && !chunked) {
            throw new IOException("the answer of status " + status + " tells no length");
        }
    }

    private int readPlainBody() throws IOException {
        int end = bodyStart + contentLength;
        if (filled < end) {
            return UNKNOWN;
        }
        checkNothingFollows(end);
        return contentLength;
    }

    /** Moves the chunks together as they come; the body stands in one piece when the last one is there. */
    private int readChunks() throws IOException {
        while (true) {
            int endOfSize = endOfLine(chunkRead, filled);
            if (endOfSize == filled) {
                return UNKNOWN;
            }
            int size = hexadecimal(chunkRead, endOfSize);
            int data = endOfSize + 1;
            if (filled < data + size + 2) {
                return UNKNOWN;
            }
            if (size == 0) {
                checkNothingFollows(data + 2);
                return chunkWritten - bodyStart;
            }
            System.arraycopy(bytes, data, bytes, chunkWritten, size);
            chunkWritten += size;
            chunkRead = data + size + 2;
        }
    }

    private void checkNothingFollows(int end) throws IOException {
        if (filled > end) {
            throw new IOException((filled - end) + " bytes follow the answer");
        }
    }

    private int endOfLine(int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean startsWith(int from, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            if ((bytes[from + i] | 0x20) != lowerCase[i] && bytes[from + i] != lowerCase[i]) {
                return false;
            }
        }
        return bytes[from + lowerCase.length] == ':';
    }

    private boolean contains(int from, int end, byte[] wanted) {
        for (int at = from; at + wanted.length <= end; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private int number(int from, int end) throws IOException {
        String text = new String(bytes, from, end - from, StandardCharsets.US_ASCII).strip();
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("the answer's length is »" + text + "«", e);
        }
    }

    private int hexadecimal(int from, int end) throws IOException {
        int value = 0;
        for (int at = from; at < end && bytes[at] != '\r' && bytes[at] != ';'; at++) {
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0 || value > LARGEST_ANSWER) {
                throw new IOException("a chunk of the answer tells no size");
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
