package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What a source would have brought at moments of the past, through its own mapping, from a feed that can tell of them. Used by one thread at a
 * time.
 */
public final class PastObservations {
    private final SourceSpec spec;
    private final Pipeline pipeline;
    private final Feed feed;

    /** Tells what stood at an address at a moment. */
    @FunctionalInterface
    public interface Feed {
        byte[] document(URI address, Instant at);
    }

    /**
     * @param override where the source is read
     * @throws city.emona.problem.Problem when the vertical has no such source, or its mapping is not valid
     */
    public PastObservations(Vertical vertical, SourceOverride override, Contexts contexts, Feed feed) {
        this.spec = vertical.findSource(override.source())
                .orElseThrow()
                .at(override.address(), override.every(), override.variables());
        this.pipeline = new Pipeline(vertical, spec, contexts, override.demo());
        this.feed = feed;
    }

    /**
     * The entities as they were.
     *
     * @throws SourceFailure when the feed of that moment cannot be read
     */
    public List<Entity> at(Instant moment) throws SourceFailure, InterruptedException {
        URI address = URI.create(spec.address());
        Fetcher fetcher = order -> new Fetched.Document(
                order.address(), feed.document(order.address(), moment), null, Fetched.Validators.NONE);
        Connector connector =
                switch (spec.connector()) {
                    case GBFS -> new GbfsConnector(spec, address, fetcher);
                    case HTTP, FILE -> new DocumentConnector(spec, address, fetcher);
                };
        return connector
                .poll(moment)
                .map(records -> pipeline.map(records, moment).entities())
                .orElse(List.of());
    }
}
