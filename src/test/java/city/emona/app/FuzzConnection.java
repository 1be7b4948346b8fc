package city.emona.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends any bytes and waits a bounded time for one answer. It keeps its connection as long as the server does. */
final class FuzzConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /**
     * One answer.
     *
     * @param headers by their names in small letters; of several, the last
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    FuzzConnection(int port) {
        this.port = port;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param whole whether the request is valid HTTP; behind one that is not, nothing more is sent
     * @return null when the server closes the connection without an answer
     * @throws java.net.SocketTimeoutException when there is no answer in time
     */
    @Nullable
    Answer exchange(byte[] request, boolean whole, String method) throws IOException {
        try {
            return once(request, whole, method);
        } catch (EOFException | java.net.SocketException e) {
            // the connection had been closed since the last answer, or is closed upon what this request is
            reset();
            try {
                return once(request, whole, method);
            } catch (EOFException | java.net.SocketException again) {
                reset();
                return null;
            }
        }
    }

    private Answer once(byte[] request, boolean whole, String method) throws IOException {
        Socket open = socket;
        InputStream stream = in;
        if (open == null || stream == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setSoTimeout(PATIENCE_MILLIS);
            open.setTcpNoDelay(true);
            stream = new BufferedInputStream(open.getInputStream());
            socket = open;
            in = stream;
        }
        open.getOutputStream().write(request);
        open.getOutputStream().flush();
        if (!whole) {
            open.shutdownOutput();
        }
        Answer answer = read(stream, method);
        boolean closes = "close".equalsIgnoreCase(answer.headers().getOrDefault("connection", ""));
        if (!whole
                || closes
                || answer.headers().getOrDefault("content-type", "").startsWith("text/event-stream")) {
            reset();
        }
        return answer;
    }

    private static Answer read(InputStream in, String method) throws IOException {
        String first = line(in);
        if (!first.startsWith("HTTP/1.")) {
            throw new IOException("no status line: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(in, method);
        }
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        if (bodiless || headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
            return new Answer(status, headers, new byte[0]);
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return new Answer(status, headers, chunks(in));
        }
        String length = headers.get("content-length");
        byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Answer(status, headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            body.writeBytes(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        reset();
    }

    /** Ends the connection; the next exchange begins another. */
    void reset() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it was to be closed
        }
        socket = null;
        in = null;
    }
}
