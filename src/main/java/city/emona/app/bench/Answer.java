package city.emona.app.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A view of one complete HTTP answer, valid until the next one is read on its connection. */
record Answer(int status, byte[] buffer, int bodyStart, int bodyLength) {

    boolean contains(byte[] wanted) {
        int last = bodyStart + bodyLength - wanted.length;
        for (int at = bodyStart; at <= last; at++) {
            if (buffer[at] == wanted[0] && Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    boolean bodyEquals(byte[] wanted) {
        return Arrays.equals(buffer, bodyStart, bodyStart + bodyLength, wanted, 0, wanted.length);
    }

    byte[] body() {
        return Arrays.copyOfRange(buffer, bodyStart, bodyStart + bodyLength);
    }

    /** Status and the beginning of the body, for a message. */
    String summary() {
        int length = Math.min(bodyLength, 160);
        return status + " " + new String(buffer, bodyStart, length, StandardCharsets.UTF_8);
    }
}
