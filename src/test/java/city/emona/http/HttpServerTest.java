package city.emona.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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
class HttpServerTest {
    private static final int MAX_BODY = 100_000;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final LinkedBlockingQueue<EventSource.Sink> sinks = new LinkedBlockingQueue<>();
    private final Router router = new Router()
            .post("/length", request -> Response.text(200, Integer.toString(request.body().length)))
            .getFast("/fast", _ -> Response.text(200, "fast"))
            .getFast("/moved", _ -> {
                MustWaitException.unlessOnVirtualThread();
                return Response.text(
                        200, Boolean.toString(Thread.currentThread().isVirtual()));
            })
            .get("/slow", _ -> {
                entered.countDown();
                await(released);
                return Response.text(200, "done");
            })
            .get("/defect", _ -> {
                throw new IllegalStateException("secret");
            })
            .get(
                    "/header",
                    request -> Response.text(200, request.header("x-own").orElse("none")))
            .get(
                    "/events",
                    _ -> Response.events(sink -> {
                        sinks.add(sink);
                        return gone::countDown;
                    }));
    private final HttpServer server = HttpServer.start(
            HttpServerConfig.onLoopback(0).withMaxBodyBytes(MAX_BODY),
            router,
            (_, problem, incident) ->
                    Response.text(problem.type().status(), problem.type().code() + incident));
    private final int port = server.port();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        released.countDown();
        client.close();
        server.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(15))
                        .build(),
                BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void movesWorkThatMustWaitToAVirtualThread() throws Exception {
        assertThat(get("/moved").body()).isEqualTo("true");
        assertThat(get("/fast").body()).isEqualTo("fast");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/header").body()).isEqualTo("none");
    }

    @Test
    void tellsNothingOfADefect() throws Exception {
        HttpResponse<String> response = get("/defect");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).startsWith("InternalError").doesNotContain("secret");
        assertThat(server.answersByStatusClass()).containsEntry("5xx", 1L);
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("PayloadTooLarge");
        }
        HttpRequest large = HttpRequest.newBuilder(uri("/length"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20 * MAX_BODY]))
                .build();
        assertThat(client.send(large, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(get("/fast").body()).isEqualTo("fast");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() throws Exception {
        String chunk = "2710\r\n" + "a".repeat(10_000) + "\r\n";
        try (Socket socket = connect()) {
            write(socket, "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(11));
            assertThat(readUntil(socket.getInputStream(), "PayloadTooLarge"))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("PayloadTooLarge");
        }
        assertThat(get("/fast").body()).isEqualTo("fast");
    }

    @Test
    void readsBodiesUpToTheBound() throws Exception {
        for (int size : new int[] {0, 1, MAX_BODY}) {
            HttpRequest request = HttpRequest.newBuilder(uri("/length"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(Integer.toString(size));
        }
    }

    @Test
    void readsChunkedBodies() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            write(socket, "5\r\ndefgh\r\n0\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("8");
        }
    }

    @Test
    void saysContinueToAClientThatWaitsForIt() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            write(socket, "hello");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("5");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "GET /fast HTTP/1.1\r\nHost: x\r\n\r\nPOST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                            + "GET /moved HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(all.split("HTTP/1.1 200 ", -1)).hasSize(4);
            assertThat(all.indexOf("fast")).isPositive().isLessThan(all.indexOf("\r\n\r\n3"));
            assertThat(all).endsWith("true");
        }
    }

    @Test
    void isNotHinderedByClientsThatTakeTheirTime() throws Exception {
        Socket[] lazy = new Socket[60];
        try {
            for (int i = 0; i < lazy.length; i++) {
                lazy[i] = connect();
                write(lazy[i], i % 2 == 0 ? "G" : "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab");
            }
            for (String rest = "ET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
                    !rest.isEmpty();
                    rest = rest.substring(1)) {
                write(lazy[0], rest.substring(0, 1));
                assertThat(get("/fast").body()).isEqualTo("fast");
            }
            assertThat(new String(lazy[0].getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("fast");
            assertThat(get("/moved").body()).isEqualTo("true");
        } finally {
            for (Socket socket : lazy) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void answersBrokenRequestsInItsOwnForm() throws Exception {
        for (String request : new String[] {
            "NONSENSE\r\n\r\n",
            "GET /fast HTTP/1.1\r\n\r\n",
            "GET /fast HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
            "GET /fast HTTP/1.1\r\nHost: x\r\nBig: " + "a".repeat(40_000) + "\r\n\r\n",
            "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        }) {
            try (Socket socket = connect()) {
                write(socket, request);
                socket.shutdownOutput();
                String answer = readUntil(socket.getInputStream(), "\u0000");
                assertThat(answer)
                        .as(request)
                        .containsPattern("^HTTP/1.1 4\\d\\d ")
                        .doesNotContainIgnoringCase("<html", "jetty");
            } catch (java.net.SocketException e) {
                throw new AssertionError(request, e);
            }
        }
        assertThat(get("/fast").body()).isEqualTo("fast");
    }

    @Test
    void finishesTheRequestsInWorkWhenItStops() throws Exception {
        CompletableFuture<HttpResponse<String>> inWork =
                client.sendAsync(HttpRequest.newBuilder(uri("/slow")).build(), BodyHandlers.ofString());
        await(entered);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        while (isAccepting()) {
            Thread.onSpinWait();
        }
        assertThat(stopping).isNotDone();
        released.countDown();
        assertThat(inWork.get(15, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopping.get(15, TimeUnit.SECONDS);
    }

    private boolean isAccepting() {
        try (Socket socket = connect()) {
            socket.setSoTimeout(500);
            write(socket, "GET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return readUntil(socket.getInputStream(), "\r\n").startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void refusesAnAddressInUse() {
        assertThatThrownBy(() -> HttpServer.start(
                        HttpServerConfig.onLoopback(server.port()),
                        router,
                        (_, p, _) -> Response.empty(p.type().status())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void streamsEvents() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            EventSource.Sink sink = take();
            sink.send("change", "{\"č\":1}");
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
        HttpRequest head = HttpRequest.newBuilder(uri("/events")).HEAD().build();
        HttpResponse<Void> response = client.send(head, BodyHandlers.discarding());
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
                            sink.send("change", "1");
                            while (seen < i - 100) {
                                Thread.onSpinWait();
                            }
                        }
                    });
                }
            }
            sink.send("end", "0");
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
            sink.send("change", "x");
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
                stuck.send("change", data);
            }
            assertThat(used() - before).isLessThan(200_000_000);
            flowing.send("change", "seen");
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
                sink.send("change", Integer.toString(i));
                if (i % 500 == 0) {
                    awaitSeen(i);
                }
            }
            sink.send("end", "0");
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
