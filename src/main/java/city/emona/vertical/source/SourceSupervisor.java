package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Secrets;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sources of all verticals: each on its schedule with some jitter, on a virtual thread, never twice at a time, and slower after
 * failures. Safe for use by many threads.
 */
public final class SourceSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSupervisor.class);
    private static final long FIRST_POLL_WITHIN_MILLIS = 500;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final Contexts contexts;
    private final Broker broker;
    private final InstantSource clock;
    private final Secrets secrets;
    private final HttpFetcher web;
    private final Map<String, SourceRunner> runners = new LinkedHashMap<>();
    private final Map<String, SourceHealth> idle = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sources").factory());
    private final ExecutorService polls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("source-", 0).factory());
    private final SplittableRandom random = new SplittableRandom();

    /**
     * @param overrides other addresses for some of the sources, as in the demo city
     * @param gate asked before every connection
     * @param secrets put into addresses when a source starts, and never shown
     */
    public SourceSupervisor(
            Verticals verticals,
            Contexts contexts,
            Broker broker,
            InstantSource clock,
            List<SourceOverride> overrides,
            OutgoingGate gate,
            Secrets secrets) {
        this.secrets = secrets;
        this.web = new HttpFetcher(gate);
        this.contexts = contexts;
        this.broker = broker;
        this.clock = clock;
        for (Vertical vertical : verticals.list()) {
            for (SourceSpec source : vertical.sources()) {
                add(vertical, source, overrides);
            }
        }
    }

    /** The id of the entity that tells the health of a source. */
    public static String healthId(String vertical, String source) {
        return "urn:ngsi-ld:DataSource:" + vertical + ":" + source;
    }

    private void add(Vertical vertical, SourceSpec declared, List<SourceOverride> overrides) {
        Optional<SourceOverride> override = overrides.stream()
                .filter(o -> o.vertical().equals(vertical.id()) && o.source().equals(declared.id()))
                .findFirst();
        SourceSpec spec = override.map(o -> declared.at(o.address(), o.every(), o.variables()))
                .orElse(declared);
        boolean demo = override.map(SourceOverride::demo).orElse(false);
        String id = healthId(vertical.id(), spec.id());
        var identity = new SourceHealth.Identity(id, vertical.id(), spec.id(), spec.name(), spec.address(), demo);
        if (!spec.enabled()) {
            idle.put(id, SourceHealth.stopped(identity, null));
            return;
        }
        try {
            Pipeline pipeline = new Pipeline(vertical, spec, contexts, demo);
            runners.put(id, new SourceRunner(spec, identity, broker, clock, connector(vertical, spec), pipeline));
        } catch (Problem e) {
            LOG.warn("The source {} does not start: {}", id, e.explanation());
            var reason = new LocalizedText("Vir ni pravilno opisan: " + e.explanation(), e.explanation());
            idle.put(id, SourceHealth.stopped(identity, new SourceHealth.Trouble(reason, clock.millis())));
        }
    }

    private Connector connector(Vertical vertical, SourceSpec spec) {
        return switch (spec.connector()) {
            case HTTP -> new DocumentConnector(spec, webAddress(vertical, spec), web);
            case GBFS -> new GbfsConnector(spec, webAddress(vertical, spec), web);
            case FILE ->
                new DocumentConnector(
                        spec, vertical.folder().resolve(spec.address()).toUri(), new FileFetcher());
        };
    }

    private URI webAddress(Vertical vertical, SourceSpec spec) {
        try {
            return URI.create(secrets.reveal(vertical.id(), spec.address()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "The address »" + spec.address() + "« of the source " + spec.id() + " is not a URL.",
                    "Write a URL with http or https.");
        }
    }

    /** Starts all sources that are enabled, and says of the others that they do not run. */
    public void start() {
        for (SourceHealth health : idle.values()) {
            broker.upsertAll(Tenant.DEFAULT, List.of(HealthEntity.of(health, clock.millis())));
        }
        for (SourceRunner runner : runners.values()) {
            schedule(runner, random.nextLong(FIRST_POLL_WITHIN_MILLIS));
        }
    }

    private void schedule(SourceRunner runner, long delayMillis) {
        try {
            var _ = timer.schedule(() -> polls.execute(() -> pollAndGoOn(runner)), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug(
                    "{} is not polled again: the sources are stopping",
                    runner.health().identity().id());
        }
    }

    private void pollAndGoOn(SourceRunner runner) {
        try {
            runner.poll();
            long pause = runner.pause().toMillis();
            schedule(runner, pause + random.nextLong(Math.max(1, pause / 10)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** How every source is, those that do not run included. */
    public List<SourceHealth> health() {
        return Stream.concat(runners.values().stream().map(SourceRunner::health), idle.values().stream())
                .toList();
    }

    /** The last rejected records of a source, newest first; none for a source that is not known. */
    public List<RejectedRecord> lastRejected(String healthId) {
        SourceRunner runner = runners.get(healthId);
        return runner == null ? List.of() : runner.lastRejected();
    }

    /** Lets running polls finish for a moment, then ends them, and says that no source runs any more. */
    @Override
    public void close() {
        timer.shutdownNow();
        polls.shutdown();
        try {
            if (!polls.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                polls.shutdownNow();
                var _ = polls.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            polls.shutdownNow();
            Thread.currentThread().interrupt();
        }
        runners.values().forEach(SourceRunner::stop);
        web.close();
    }
}
