package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport;
import city.emona.vertical.Vertical;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What a source would have brought at moments of the past, through its own mapping, from a feed that can tell of them. Used by one thread at a
 * time.
 */
public final class PastObservations {
    private final String vertical;
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
        this.vertical = vertical.id();
        this.pipeline = new Pipeline(vertical, spec, contexts, override.demo());
        this.feed = feed;
    }

    /**
     * The entities as they were.
     *
     * @throws SourceFailure when the feed of that moment cannot be read
     */
    public List<Entity> at(Instant moment) throws SourceFailure, InterruptedException {
        RecordSet records = new RecordSet();
        Fetcher fetcher = order -> document(order.address(), moment);
        if (spec.connector() == SourceSpec.Connector.GBFS) {
            Login anonymous = new Login(vertical, Transport.PLAIN, Secrets.none());
            new GbfsConnector(spec, URI.create(spec.address()), fetcher, anonymous)
                    .poll(new Connector.Occasion(moment, 0), records);
        } else {
            Fetched.Document document = document(URI.create(spec.address()), moment);
            Formats.read(spec.format(), DocumentConnector.body(spec, document), records);
        }
        return pipeline.map(records, moment).entities();
    }

    private Fetched.Document document(URI address, Instant moment) {
        return new Fetched.Document(address, feed.document(address, moment), null, Fetched.Validators.NONE);
    }
}
