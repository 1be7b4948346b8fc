package city.emona.http;

import static city.emona.http.Wire.readUntil;
import static city.emona.http.Wire.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {
    private static final int MAX_BODY = 100_000;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
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
                    request -> Response.text(200, request.header("x-own").orElse("none")));
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
}
