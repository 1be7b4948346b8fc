package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport;
import city.emona.vertical.Vertical;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSet;
import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What a source of the demo city brings at any moment, also of the past, through its own mapping. Used by one thread at a time. */
public final class DemoObservations {
    static final String BASE = "http://demo.invalid/";

    private final String vertical;
    private final SourceSpec spec;
    private final DemoFeed feed;
    private final Pipeline pipeline;

    /** @throws city.emona.problem.Problem when the mapping is not valid */
    public DemoObservations(Vertical vertical, DemoFeed feed, Contexts contexts) {
        this.vertical = vertical.id();
        this.feed = feed;
        this.spec = override(vertical, feed.spec(), BASE)
                .applyTo(vertical.findSource(feed.spec().source()).orElseThrow());
        this.pipeline = new Pipeline(vertical, spec, contexts, true);
    }

    /**
     * Where a source finds the documents of its demo.
     *
     * @param base the address of their folder, with a slash at its end
     */
    public static SourceOverride override(Vertical vertical, DemoSpec demo, String base) {
        SourceSpec declared = vertical.findSource(demo.source()).orElseThrow();
        SourceSpec.Connector connector = declared.connector() == SourceSpec.Connector.GBFS
                ? SourceSpec.Connector.GBFS
                : SourceSpec.Connector.HTTP;
        return new SourceOverride(demo.source(), connector, base + demo.entry(), demo.every(), demo.variables(), true);
    }

    /**
     * The entities as they were.
     *
     * @throws SourceFailure when the documents of that moment cannot be made or read
     */
    public List<Entity> at(Instant moment) throws SourceFailure, InterruptedException {
        return poll(moment).entities();
    }

    MappedPoll poll(Instant moment) throws SourceFailure, InterruptedException {
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
        return pipeline.map(records, moment);
    }

    private Fetched.Document document(URI address, Instant moment) throws SourceFailure {
        String path = address.getPath();
        byte[] bytes = feed.document(path.substring(path.lastIndexOf('/') + 1), moment, BASE);
        return new Fetched.Document(address, bytes, StandardCharsets.UTF_8, Fetched.Validators.NONE);
    }
}
