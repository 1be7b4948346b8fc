package city.emona.http;

import java.net.BindException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running HTTP/1.1 server. Handlers that are marked fast run on its own threads, of which there are few; all others run on virtual
 * threads.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final long IDLE_MILLIS = 60_000;

    static {
        // otherwise Jetty starts all of JMX to learn it, which takes a tenth of the whole start
        System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    }

    private final Server server;
    private final ServerConnector connector;
    private final Dispatcher dispatcher;

    private HttpServer(Server server, ServerConnector connector, Dispatcher dispatcher) {
        this.server = server;
        this.connector = connector;
        this.dispatcher = dispatcher;
    }

    /**
     * Starts a server.
     *
     * @throws IllegalStateException when the address cannot be listened on; the message says why and what to do
     */
    public static HttpServer start(HttpServerConfig config, Router router, ProblemRenderer problems) {
        QueuedThreadPool threads =
                new QueuedThreadPool(Math.max(8, 2 * Runtime.getRuntime().availableProcessors() + 4), 4);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setResponseHeaderSize(MAX_HEADER_BYTES);
        // the router reads the path as it came, segment by segment, so no path is ambiguous to it
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(1_024);
        server.addConnector(connector);
        Dispatcher dispatcher = new Dispatcher(config, router, problems, connector);
        GracefulHandler graceful = new GracefulHandler(dispatcher);
        server.setHandler(graceful);
        server.setErrorHandler(new BrokenRequests(problems));
        server.setStopTimeout(config.stopMillis());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException(refusal(config, e), e);
        }
        return new HttpServer(server, connector, dispatcher);
    }

    private static String refusal(HttpServerConfig config, Exception e) {
        String place = config.host() + ":" + config.port();
        return e.getCause() instanceof BindException || e instanceof BindException
                ? "The address " + place
                        + " is in use or not one of this machine. Stop the program that listens there, or"
                        + " choose another port with --port."
                : "The server could not start on " + place + ": " + e + ".";
    }

    /** The port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** How many requests were answered, by the first digit of the status. */
    public Map<String, Long> answersByStatusClass() {
        return dispatcher.answersByStatusClass();
    }

    /** How many event streams are open. */
    public int openStreams() {
        return dispatcher.openStreams();
    }

    /** Takes no new requests, finishes those in work, and stops. */
    @Override
    public void close() {
        dispatcher.closeStreams();
        // otherwise clients would go on connecting and wait for an answer that never comes
        connector.close();
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Requests that were still in work were cut off");
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", e);
        }
    }
}
