package city.emona.http;

import static city.emona.http.Wire.readUntil;
import static city.emona.http.Wire.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTest {
    private final CountDownLatch gone = new CountDownLatch(1);
    private final LinkedBlockingQueue<EventSource.Sink> sinks = new LinkedBlockingQueue<>();
    private final Router router = new Router()
            .get(
                    "/events",
                    _ -> Response.events(sink -> {
                        sinks.add(sink);
                        return gone::countDown;
                    }));
    private final HttpServer server = HttpServer.start(
            HttpServerConfig.onLoopback(0),
            router,
            (_, problem, _) -> Response.empty(problem.type().status()));
    private final int port = server.port();

    @AfterEach
    void stop() {
        server.close();
    }

    private static void send(EventSource.Sink sink, String event, String data) {
        sink.send("", event, data.getBytes(UTF_8));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    @Test
    void streamsEvents() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink sink = take();
            send(sink, "change", "{\"č\":1}");
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            StringBuilder seen = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.contains("data:"); line = reader.readLine()) {
                seen.append(line).append('\n');
            }
            assertThat(seen.toString()).contains("Content-Type: text/event-stream", "retry: 2000", "event: change");
            assertThat(server.openStreams()).isOne();
        }
    }

    @Test
    void opensNoStreamForHead() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                .HEAD()
                .build();
        HttpResponse<Void> response;
        try (HttpClient client = HttpClient.newHttpClient()) {
            response = client.send(head, BodyHandlers.discarding());
        }
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(server.openStreams()).isZero();
        assertThat(sinks).isEmpty();
    }

    @Test
    void takesEventsFromManyThreads() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink sink = take();
            CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> countEvents(socket));
            try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
                for (int t = 0; t < 4; t++) {
                    pool.execute(() -> {
                        for (int i = 0; i < 5_000; i++) {
                            send(sink, "change", "1");
                            while (seen < i - 100) {
                                Thread.onSpinWait();
                            }
                        }
                    });
                }
            }
            send(sink, "end", "0");
            assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo(20_000);
        }
    }

    private int countEvents(Socket socket) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            int count = 0;
            for (String line = reader.readLine();
                    line != null && !line.equals("event: end");
                    line = reader.readLine()) {
                count += line.startsWith("data: ") ? 1 : 0;
                seen = count / 4;
            }
            return count;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private EventSource.Sink take() throws InterruptedException {
        EventSource.Sink sink = sinks.poll(15, TimeUnit.SECONDS);
        assertThat(sink).isNotNull();
        return sink;
    }

    @Test
    void forgetsAClientThatGoesAway() throws Exception {
        EventSource.Sink sink;
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            sink = take();
            readUntil(socket.getInputStream(), "retry");
        }
        while (!gone.await(20, TimeUnit.MILLISECONDS)) {
            send(sink, "change", "x");
        }
        while (server.openStreams() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void cutsOffAClientThatDoesNotRead() throws Exception {
        try (Socket slow = connect();
                Socket quick = connect()) {
            write(slow, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink stuck = take();
            write(quick, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink flowing = take();
            String data = "x".repeat(20_000);
            long before = used();
            for (int i = 0; i < 20_000; i++) {
                send(stuck, "change", data);
            }
            assertThat(used() - before).isLessThan(200_000_000);
            send(flowing, "change", "seen");
            assertThat(readUntil(quick.getInputStream(), "seen")).contains("event: change");
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void deliversManyEventsInOrder() throws Exception {
        int events = 50_000;
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink sink = take();
            AtomicBoolean cut = new AtomicBoolean();
            CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> lastEvent(socket, cut));
            for (int i = 1; i <= events && !cut.get(); i++) {
                send(sink, "change", Integer.toString(i));
                if (i % 500 == 0) {
                    awaitSeen(i);
                }
            }
            send(sink, "end", "0");
            assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo(events);
        }
    }

    private volatile int seen;

    private void awaitSeen(int number) {
        while (seen < number) {
            Thread.onSpinWait();
        }
    }

    private int lastEvent(Socket socket, AtomicBoolean cut) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (String line = reader.readLine();
                    line != null && !line.equals("event: end");
                    line = reader.readLine()) {
                if (line.startsWith("data: ")) {
                    int number = Integer.parseInt(line.substring(6));
                    if (number != seen + 1) {
                        cut.set(true);
                        return -1;
                    }
                    seen = number;
                }
            }
            return seen;
        } catch (IOException e) {
            cut.set(true);
            return -2;
        }
    }
}
