package city.emona.broker.delivery;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint over HTTP: it takes what is posted, and answers as a test wants. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Received> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Answer answer = Answer.status(204);

    /** How the endpoint answers. */
    @FunctionalInterface
    public interface Answer {
        /** Answers a request, and gives the status. */
        int to(HttpExchange exchange, String body) throws IOException, InterruptedException;

        static Answer status(int status) {
            return (_, _) -> status;
        }
    }

    /**
     * What came.
     *
     * @param from the port of the sender
     * @param at in nanoseconds
     */
    public record Received(String path, String body, int from, long at, int status, Headers headers) {}

    public Receiver() {
        this(0);
    }

    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long at = System.nanoTime();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            int status = answer.to(exchange, body);
            attempts.add(new Received(
                    exchange.getRequestURI().getPath(),
                    body,
                    exchange.getRemoteAddress().getPort(),
                    at,
                    status,
                    exchange.getRequestHeaders()));
            count.incrementAndGet();
            if (status > 0) {
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void answer(Answer wanted) {
        answer = wanted;
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** All that came, in order. */
    public List<Received> attempts() {
        return List.copyOf(attempts);
    }

    /** How many came. */
    public int count() {
        return count.get();
    }

    /** The bodies that were answered with success, in order. */
    public List<String> taken() {
        return attempts.stream()
                .filter(received -> received.status() / 100 == 2)
                .map(Received::body)
                .toList();
    }

    /** The bodies that were taken at a path, in order. */
    public List<String> taken(String path) {
        return attempts.stream()
                .filter(received ->
                        received.status() / 100 == 2 && received.path().equals(path))
                .map(Received::body)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
