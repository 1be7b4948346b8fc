package city.emona.http;

import java.net.BindException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running HTTP/1.1 server, over TLS where it has a certificate; then programs of this machine reach it without TLS on a port of its own. Handlers that are marked fast run on its own threads, of which there are few; all others run on virtual
 * threads.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final long IDLE_MILLIS = 60_000;

    static {
        // otherwise Jetty starts all of JMX to learn it, which takes a tenth of the whole start
        System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    }

    private final Server server;
    private final ServerConnector connector;
    private final ServerConnector local;
    private final Dispatcher dispatcher;
    private final @Nullable TlsIdentity identity;

    private HttpServer(
            Server server,
            ServerConnector connector,
            ServerConnector local,
            Dispatcher dispatcher,
            @Nullable TlsIdentity identity) {
        this.server = server;
        this.connector = connector;
        this.local = local;
        this.dispatcher = dispatcher;
        this.identity = identity;
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
        TlsIdentity identity = config.tls() == null ? null : new TlsIdentity(config.tls());
        ServerConnector connector = connector(server, config.host(), config.port(), factories(http, identity));
        ServerConnector local =
                identity == null ? connector : connector(server, LOOPBACK, 0, new HttpConnectionFactory(http));
        Dispatcher dispatcher = new Dispatcher(config, router, problems, connector);
        GracefulHandler graceful = new GracefulHandler(dispatcher);
        server.setHandler(graceful);
        server.setErrorHandler(new BrokenRequests(problems));
        server.setStopTimeout(config.stopMillis());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            if (identity != null) {
                identity.close();
            }
            throw new IllegalStateException(refusal(config, e), e);
        }
        return new HttpServer(server, connector, local, dispatcher, identity);
    }

    private static ServerConnector connector(Server server, String host, int port, ConnectionFactory... factories) {
        ServerConnector connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(1_024);
        server.addConnector(connector);
        return connector;
    }

    private static ConnectionFactory[] factories(HttpConfiguration http, @Nullable TlsIdentity identity) {
        if (identity == null) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        HttpConfiguration secure = new HttpConfiguration(http);
        // whoever connects by another name sees that the certificate is not for it
        secure.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory within = new HttpConnectionFactory(secure);
        return new ConnectionFactory[] {new SslConnectionFactory(identity.factory(), within.getProtocol()), within};
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

    /** The port on which programs of this machine reach it without TLS; the same where there is none. */
    public int localPort() {
        return local.getLocalPort();
    }

    /** Takes the certificate and its key if their files have changed; by itself, that is done within seconds. */
    public void reloadCertificate() {
        if (identity != null) {
            identity.reloadIfChanged();
        }
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
        local.close();
        stop(server);
        if (identity != null) {
            identity.close();
        }
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
