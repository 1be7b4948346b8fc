package city.emona.api.ngsild;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends bytes that no well-behaved client would send. */
final class RawHttp {
    private RawHttp() {}

    /** What the server answers before it closes the connection, which is asked for behind the request. */
    static String exchange(int port, String request) {
        return exchange(
                port, request.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String exchange(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("the server did not answer", e);
        }
    }

    /** The same with a body of any bytes. */
    static String exchangeBytes(int port, String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return exchange(port, request);
    }

    static int status(int port, String request) {
        return Integer.parseInt(exchange(port, request).substring(9, 12));
    }
}
