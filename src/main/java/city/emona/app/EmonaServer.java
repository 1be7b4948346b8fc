package city.emona.app;

import city.emona.api.ngsild.NgsiLdApi;
import city.emona.api.ngsild.Problems;
import city.emona.broker.Broker;
import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.http.HttpServer;
import city.emona.http.HttpServerConfig;
import city.emona.http.Router;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The running program: everything put together, and taken apart again in the reverse order. */
final class EmonaServer implements AutoCloseable {
    private final ContextStore store;
    private final RunningServer running;
    private @Nullable HttpServer http;

    private EmonaServer(ContextStore store, RunningServer running) {
        this.store = store;
        this.running = running;
    }

    /**
     * Opens the data folder and starts to listen.
     *
     * @throws city.emona.store.local.StoreOpenException when the data folder cannot be opened
     * @throws IllegalStateException when the address cannot be listened on
     */
    static EmonaServer start(Configuration configuration) {
        Path data = Path.of(configuration.get(Settings.DATA));
        Clock clock = Clock.systemUTC();
        ContextStore store = LocalStore.open(data, configuration.get(Settings.RESERVE_MEGABYTES) * 1024L * 1024, clock);
        EmonaServer server = new EmonaServer(store, new RunningServer(data));
        try {
            server.listen(configuration, clock);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void listen(Configuration configuration, Clock clock) {
        Broker broker = new Broker(store, clock);
        Contexts contexts = new Contexts(new RemoteContexts());
        Router router = new Router();
        new Health(store, () -> http).routes(router);
        NgsiLdApi.routes(router, broker, contexts);
        HttpServerConfig config = HttpServerConfig.onLoopback(configuration.get(Settings.PORT))
                .withHost(configuration.get(Settings.HOST))
                .withMaxBodyBytes(configuration.get(Settings.MAX_BODY_MEGABYTES) * 1024 * 1024);
        HttpServer started = HttpServer.start(config, router, (_, problem, _) -> Problems.response(problem));
        http = started;
        running.announce(url(configuration, started.port()));
    }

    private static String url(Configuration configuration, int port) {
        String host = configuration.get(Settings.HOST);
        String name = host.equals("127.0.0.1") ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port;
    }

    /** The port that the server listens on. */
    int port() {
        HttpServer started = http;
        if (started == null) {
            throw new IllegalStateException("the server is not listening");
        }
        return started.port();
    }

    /** Finishes what was accepted, and stops. */
    @Override
    public void close() {
        running.withdraw();
        if (http != null) {
            http.close();
        }
        store.close();
    }
}
