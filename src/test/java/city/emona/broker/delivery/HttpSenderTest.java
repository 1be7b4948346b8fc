package city.emona.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the receivers of messages over HTTP see and answer. */
class HttpSenderTest {
    private final MovableClock clock = new MovableClock();
    private final HttpSender sender = new HttpSender(Duration.ofSeconds(20), null, clock);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    private Outcome send(String address, @Nullable Duration timeout, Message.Header... headers)
            throws InterruptedException {
        byte[] body = "{\"n\": 1}".getBytes(StandardCharsets.UTF_8);
        return sender.send(
                new Message(URI.create(address), "application/ld+json", List.of(headers), body, timeout, null, null));
    }

    private Outcome sendToReceiver() throws InterruptedException {
        return send(receiver.url("/"), null);
    }

    @Test
    void sendsHeadersAndBodyAsTheyAre() throws InterruptedException {
        Outcome outcome = send(
                receiver.url("/a/b"),
                null,
                new Message.Header("Link", "<https://example.org/c>"),
                new Message.Header("NGSILD-Tenant", "center"));
        assertThat(outcome).isEqualTo(new Outcome.Delivered());
        Receiver.Received received = receiver.attempts().getFirst();
        assertThat(received.path()).isEqualTo("/a/b");
        assertThat(received.body()).isEqualTo("{\"n\": 1}");
        assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/ld+json");
        assertThat(received.headers().getFirst("Link")).isEqualTo("<https://example.org/c>");
        assertThat(received.headers().getFirst("NGSILD-Tenant")).isEqualTo("center");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void mayTryAgainAfterSomeStatuses(int status) throws InterruptedException {
        receiver.answer(Receiver.Answer.status(status));
        assertThat(sendToReceiver()).isEqualTo(new Outcome.Failed("The receiver answered with status " + status + "."));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 410, 422})
    void takesOtherStatusesForGood(int status) throws InterruptedException {
        receiver.answer(Receiver.Answer.status(status));
        assertThat(sendToReceiver())
                .isEqualTo(new Outcome.Refused("The receiver answered with status " + status + "."));
    }

    @Test
    void readsWhenToComeBackInBothForms() throws InterruptedException {
        receiver.answer((exchange, _) -> {
            exchange.getResponseHeaders().set("Retry-After", "Mon, 23 Nov 2026 08:02:00 GMT");
            return 503;
        });
        assertThat(sendToReceiver())
                .isEqualTo(new Outcome.Failed("The receiver answered with status 503.", Duration.ofMinutes(2)));
        receiver.answer((exchange, _) -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            return 429;
        });
        assertThat(sendToReceiver())
                .isEqualTo(new Outcome.Failed("The receiver answered with status 429.", Duration.ofSeconds(7)));
        receiver.answer((exchange, _) -> {
            exchange.getResponseHeaders().set("Retry-After", "soon");
            return 429;
        });
        assertThat(sendToReceiver()).isEqualTo(new Outcome.Failed("The receiver answered with status 429."));
    }

    @Test
    void givesUpOnAReceiverThatDoesNotAnswer() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.answer((_, _) -> {
            gate.await();
            return 200;
        });
        assertThat(send(receiver.url("/"), Duration.ofMillis(200)))
                .isEqualTo(new Outcome.Failed("There was no answer within 0.2 s."));
        gate.countDown();
    }

    @Test
    void sayWhyNobodyIsThere() throws InterruptedException, IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(send("http://localhost:" + port + "/", null))
                .isEqualTo(new Outcome.Failed("The endpoint does not accept connections."));
        assertThat(send("http://nobody.invalid/", null))
                .isEqualTo(new Outcome.Failed("The host of the endpoint is not known."));
    }

    @Test
    void refusesWhatCannotBeSent() throws InterruptedException {
        var refused =
                new Outcome.Refused("No HTTP request can be made for the address and the headers of the endpoint.");
        assertThat(send("http:///nowhere", null)).isEqualTo(refused);
        assertThat(send(receiver.url("/"), null, new Message.Header("Host", "other")))
                .isEqualTo(refused);
        assertThat(SchemeSender.of(sender, sender)
                        .send(new Message(
                                URI.create("ftp://localhost/"),
                                "text/plain",
                                List.of(),
                                new byte[0],
                                null,
                                null,
                                null)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(receiver.attempts()).isEmpty();
    }

    @Test
    void doesNotWaitForTheEndOfALongAnswer() throws InterruptedException, IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread endless = Thread.ofVirtual().start(() -> {
                try (Socket connection = socket.accept();
                        OutputStream out = connection.getOutputStream()) {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(new byte[8_192]);
                    }
                } catch (IOException e) {
                    // the sender has had enough
                }
            });
            assertThat(send("http://localhost:" + socket.getLocalPort() + "/", null))
                    .isEqualTo(new Outcome.Delivered());
            endless.join();
        }
    }

    @Test
    void takesTheStatusOfAnAnswerThatDoesNotEnd() throws InterruptedException, IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch done = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try (Socket connection = socket.accept();
                        OutputStream out = connection.getOutputStream()) {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1".getBytes(StandardCharsets.US_ASCII));
                    done.await();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(send("http://localhost:" + socket.getLocalPort() + "/", Duration.ofSeconds(2)))
                    .isEqualTo(new Outcome.Delivered());
            done.countDown();
        }
    }

    @Test
    void takesANewConnectionWhenTheReceiverHasClosedTheOld() throws InterruptedException, IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> {
                // the second request of the first connection is read, and the connection closed without an answer
                for (int answers : new int[] {1, 1}) {
                    try (Socket connection = socket.accept()) {
                        for (int i = 0; i <= answers; i++) {
                            readRequest(connection);
                            if (i < answers) {
                                connection
                                        .getOutputStream()
                                        .write("HTTP/1.1 204 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                            }
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            String address = "http://localhost:" + socket.getLocalPort() + "/";
            assertThat(send(address, null)).isEqualTo(new Outcome.Delivered());
            assertThat(send(address, null)).isEqualTo(new Outcome.Delivered());
            sender.close();
            server.join();
        }
    }

    /** Reads up to the end of the one body that these tests send. */
    private static void readRequest(Socket connection) throws IOException {
        int last = connection.getInputStream().read();
        while (last != -1 && last != '}') {
            last = connection.getInputStream().read();
        }
    }
}
