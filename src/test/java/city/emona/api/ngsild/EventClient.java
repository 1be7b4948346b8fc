package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A client of a stream of events that does what a browser does, and keeps a picture of the entities. */
final class EventClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private BufferedReader in;
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<String, JsonNode> picture;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile String lastId;
    private volatile boolean ended;

    /** An event, with the id that stood with it. */
    record Event(String id, String name, JsonNode data) {
        String entity() {
            return data.path("id").stringValue();
        }
    }

    /** Opens a stream with no picture yet. */
    EventClient(int port, String query, String... headers) {
        this(port, query, "", new ConcurrentHashMap<>(), headers);
    }

    /** Opens a stream behind an id, with a picture that it goes on with. */
    EventClient(int port, String query, String lastId, Map<String, JsonNode> picture, String... more) {
        this.lastId = lastId;
        this.picture = picture;
        StringBuilder request = new StringBuilder(
                "GET /events" + query + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n");
        if (!lastId.isEmpty()) {
            request.append("Last-Event-ID: ").append(lastId).append("\r\n");
        }
        for (int i = 0; i < more.length; i += 2) {
            request.append(more[i]).append(": ").append(more[i + 1]).append("\r\n");
        }
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            status = Integer.parseInt(in.readLine().split(" ")[1]);
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (status == 200) {
            in = new BufferedReader(new InputStreamReader(new Chunks(in), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::read);
        }
    }

    /** The bytes of a body that comes in chunks. */
    private static final class Chunks extends InputStream {
        private final BufferedReader latin;
        private boolean isFirst = true;
        private int left;

        /** @param latin reads each byte as a character */
        Chunks(BufferedReader latin) {
            this.latin = latin;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                if (!isFirst) {
                    // the end of the chunk before, which comes with the next one
                    latin.readLine();
                }
                isFirst = false;
                String size = latin.readLine();
                left = size == null ? 0 : Integer.parseInt(size, 16);
                if (left == 0) {
                    return -1;
                }
            }
            char[] some = new char[Math.min(length, left)];
            int count = latin.read(some);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) some[i];
            }
            left -= Math.max(0, count);
            return count;
        }
    }

    private void read() {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reading.lock();
                try {
                    if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        data.append(line.substring(6));
                    } else if (line.isEmpty() && (!id.isEmpty() || !name.isEmpty())) {
                        happened(id, name, data.toString());
                        id = "";
                        name = "";
                        data.setLength(0);
                    }
                } finally {
                    reading.unlock();
                }
            }
        } catch (IOException e) {
            // the connection was closed, by this side or the other
        }
        ended = true;
    }

    private void happened(String id, String name, String data) {
        if (!name.isEmpty()) {
            Event event = new Event(id, name, Json.parse(data));
            switch (name) {
                case "entity" -> picture.put(event.entity(), event.data());
                case "gone" -> picture.remove(event.entity());
                case "reset" -> picture.clear();
                default -> throw new AssertionError("an unknown event: " + name);
            }
            events.add(event);
        }
        if (!id.isEmpty()) {
            lastId = id;
        }
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body of an answer that is no stream. */
    JsonNode body() throws IOException {
        char[] text = new char[Integer.parseInt(header("Content-Length"))];
        int read = 0;
        while (read < text.length) {
            read += in.read(text, read, text.length - read);
        }
        return Json.parse(new String(text));
    }

    /** The next event; waits for it. */
    Event next() {
        try {
            Event next = events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(next).as("an event").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many events have come that nobody took yet. */
    int waiting() {
        return events.size();
    }

    /** The last id that came; waits for the first. */
    String awaitId() {
        await(() -> !lastId.isEmpty());
        return lastId;
    }

    String lastId() {
        return lastId;
    }

    Map<String, JsonNode> picture() {
        return picture;
    }

    /** Reads nothing more until {@link #goOn}, which the same thread calls. */
    void pause() {
        reading.lock();
    }

    void goOn() {
        reading.unlock();
    }

    static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Breaks the connection off, with what it brought until then; gives the last id. */
    String cutOff() {
        close();
        await(() -> ended);
        return lastId;
    }

    /** Breaks the connection off. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
