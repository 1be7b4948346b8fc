package city.emona.app.demo;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.DocumentWriter;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.DemoObservations;
import city.emona.vertical.source.SourceOverride;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The demo city's feeds, as the verticals that run declare them, and where their sources find them. Safe for use by many threads. */
public final class DemoCity {
    private static final String FEEDS = "/demo/feeds/";

    private final InstantSource clock;
    private final Supplier<Verticals> verticals;
    private final Supplier<String> server;
    private volatile Known known = new Known(new Verticals(List.of(), List.of()), Map.of());

    /** The feeds of the verticals that ran when someone asked last, by the paths of their folders. */
    private record Known(Verticals verticals, Map<String, DemoFeed> feeds) {}

    /**
     * @param verticals those that run
     * @param server the server's own address: {@code http://localhost:8080}
     */
    public DemoCity(InstantSource clock, Supplier<Verticals> verticals, Supplier<String> server) {
        this.clock = clock;
        this.verticals = verticals;
        this.server = server;
    }

    /** Publishes the feeds. */
    public void routes(Router router) {
        router.get(FEEDS + "{vertical}/{source}/{document}", this::answer);
    }

    /** Where the sources of a vertical find their feeds; none for those that have no demo. */
    public List<SourceOverride> overrides(Vertical vertical) {
        return vertical.demo().stream()
                .map(demo -> DemoObservations.override(
                        vertical, demo, server.get() + FEEDS + folder(vertical.id(), demo.source())))
                .toList();
    }

    private static String folder(String vertical, String source) {
        return vertical + "/" + source + "/";
    }

    private Map<String, DemoFeed> feeds() {
        Verticals current = verticals.get();
        Known last = known;
        if (!last.verticals().equals(current)) {
            Map<String, DemoFeed> feeds = new HashMap<>();
            for (Vertical vertical : current.list()) {
                for (DemoSpec demo : vertical.demo()) {
                    feeds.put(folder(vertical.id(), demo.source()), new DemoFeed(demo));
                }
            }
            last = new Known(current, Map.copyOf(feeds));
            known = last;
        }
        return last.feeds();
    }

    private Response answer(Request request) {
        String folder = folder(request.parameter("vertical"), request.parameter("source"));
        String name = request.parameter("document");
        DemoFeed feed = feeds().get(folder);
        if (feed == null || !feed.has(name)) {
            throw Problem.notFound("The demo city has no feed at this address.");
        }
        try {
            byte[] body = feed.document(name, clock.instant(), server.get() + FEEDS + folder);
            return unlessKnown(request, DocumentWriter.contentType(name), body);
        } catch (SourceFailure e) {
            throw new Problem(
                    ProblemType.UNAVAILABLE, e.reason().en(), "Correct the demo of the vertical, and test it first.");
        }
    }

    private static Response unlessKnown(Request request, String contentType, byte[] body) {
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"";
        boolean known = request.header("If-None-Match").filter(etag::equals).isPresent();
        Response response = known ? Response.empty(304) : Response.of(200, contentType, body);
        return response.with("ETag", etag);
    }
}
