package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ContextStore;
import city.emona.store.Tenant;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Transport;
import city.emona.vertical.Vertical;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sources of the verticals that are given to it: each on its schedule with some jitter, on a virtual thread, never twice at a time, and
 * slower after failures. Which are to run is kept in the store. Safe for use by many threads.
 */
public final class SourceSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSupervisor.class);
    private static final long FIRST_POLL_WITHIN_MILLIS = 500;
    private static final long FIRST_POLLS_PER_SECOND = 250;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    /** How many sources may be asked at once; each may hold a document in memory. */
    private static final int FETCHES = 128;

    private final Surroundings surroundings;
    private final Function<Vertical, List<SourceOverride>> overrides;
    private final SourceStates states;
    private final SourceRunner.Parts parts;
    private final HttpFetcher web;
    private final Connectors connectors;
    private final Pipelines pipelines;
    private final Map<String, Supervised> sources = new LinkedHashMap<>();
    private final Map<String, SourceHealth> broken = new LinkedHashMap<>();
    private final Semaphore fetches = new Semaphore(FETCHES);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sources").factory());
    private final ExecutorService polls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("source-", 0).factory());
    private final SplittableRandom random = new SplittableRandom();

    /**
     * What the sources live in.
     *
     * @param secrets those that the operator keeps, by which sources say who they are
     * @param answers the secrets that were given when verticals were installed; they are put into addresses, and never shown
     * @param gate asked before every connection
     * @param inbox below it are the watched folders
     * @param installation tells this installation from others at the same MQTT broker
     */
    public record Surroundings(
            Contexts contexts,
            Broker broker,
            ContextStore store,
            InstantSource clock,
            Secrets secrets,
            InstallSecrets answers,
            OutgoingGate gate,
            Path inbox,
            String installation) {}

    /** @param overrides other places for some of the sources of a vertical, as in the demo city */
    public SourceSupervisor(Surroundings surroundings, Function<Vertical, List<SourceOverride>> overrides) {
        this.surroundings = surroundings;
        this.overrides = overrides;
        this.states = new SourceStates(surroundings.store());
        this.parts = new SourceRunner.Parts(
                surroundings.broker(), surroundings.clock(), states, new Origins(surroundings.store()));
        this.web = new HttpFetcher(surroundings.gate());
        this.connectors = new Connectors(
                web, surroundings.secrets(), surroundings.answers(), surroundings.inbox(), surroundings.installation());
        this.pipelines = new Pipelines(surroundings.contexts());
    }

    /** The id of the entity that tells the health of a source. */
    public static String healthId(String vertical, String source) {
        return "urn:ngsi-ld:DataSource:" + vertical + ":" + source;
    }

    private void declare(Vertical vertical, SourceSpec declared) {
        Optional<SourceOverride> override = overrides.apply(vertical).stream()
                .filter(o -> o.source().equals(declared.id()))
                .findFirst();
        SourceSpec spec = override.map(o -> o.applyTo(declared)).orElse(declared);
        boolean demo = override.map(SourceOverride::demo).orElse(false);
        String id = healthId(vertical.id(), spec.id());
        var identity = new SourceHealth.Identity(id, vertical.id(), spec.id(), spec.name(), spec.address(), demo);
        boolean on = states.findDesired(id).orElse(spec.enabled());
        try {
            SourceRunner runner = new SourceRunner(
                    spec,
                    identity,
                    parts,
                    connectors.of(vertical, spec),
                    pipelines.of(vertical, spec, demo),
                    Origin.of(id, vertical, spec),
                    Pipelines.fingerprint(vertical, spec));
            sources.put(id, new Supervised(vertical.id(), runner, on));
        } catch (Problem e) {
            LOG.warn("The source {} does not start: {}", id, e.explanation());
            var reason = new LocalizedText("Vir ni pravilno opisan: " + e.explanation(), e.explanation());
            var trouble = new SourceHealth.Trouble(reason, surroundings.clock().millis());
            broken.put(id, SourceHealth.stopped(identity, trouble));
        }
    }

    /** A source with whether it is to run; the round grows with each change, so that polls of an older one end. */
    private static final class Supervised {
        private final String vertical;
        private final SourceRunner runner;
        private volatile boolean on;
        private volatile int round;

        Supervised(String vertical, SourceRunner runner, boolean on) {
            this.vertical = vertical;
            this.runner = runner;
            this.on = on;
        }
    }

    /** Runs the sources of a vertical from now on, and says of those that are not to run that they do not. */
    public synchronized void add(Vertical vertical) {
        vertical.sources().forEach(source -> declare(vertical, source));
        List<SourceHealth> idle = new ArrayList<>(broken.values());
        idle.removeIf(health -> !health.identity().vertical().equals(vertical.id()));
        List<Supervised> starting = sources.values().stream()
                .filter(source -> source.vertical.equals(vertical.id()))
                .toList();
        long spread = Math.max(FIRST_POLL_WITHIN_MILLIS, starting.size() * 1_000L / FIRST_POLLS_PER_SECOND);
        for (Supervised source : starting) {
            if (source.on) {
                schedule(source, source.round, random(spread));
            } else {
                idle.add(source.runner.health());
            }
        }
        for (SourceHealth health : idle) {
            surroundings
                    .broker()
                    .upsertAll(
                            Tenant.DEFAULT,
                            List.of(HealthEntity.of(health, surroundings.clock().millis())));
        }
    }

    private long random(long bound) {
        synchronized (random) {
            return random.nextLong(bound);
        }
    }

    private void schedule(Supervised source, int round, long delayMillis) {
        try {
            var _ = timer.schedule(
                    () -> polls.execute(() -> pollAndGoOn(source, round)), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug(
                    "{} is not polled again: the sources are stopping",
                    source.runner.health().identity().id());
        }
    }

    private void pollAndGoOn(Supervised source, int round) {
        if (!source.on || source.round != round) {
            return;
        }
        try {
            if (source.runner.isPatient()) {
                source.runner.poll();
            } else {
                fetches.acquire();
                try {
                    source.runner.poll();
                } finally {
                    fetches.release();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            LOG.error(
                    "The source {} goes on after a defect",
                    source.runner.health().identity().id(),
                    e);
        }
        long pause = source.runner.pause().toMillis();
        schedule(source, round, pause + random(Math.max(1, pause / 10)));
    }

    /** How every source is, those that do not run included. */
    public synchronized List<SourceHealth> health() {
        List<SourceHealth> all = new ArrayList<>();
        sources.values().forEach(source -> all.add(source.runner.health()));
        all.addAll(broken.values());
        return all;
    }

    private synchronized Optional<Supervised> find(String id) {
        return Optional.ofNullable(sources.get(id));
    }

    private Supervised get(String vertical, String source) {
        return find(healthId(vertical, source))
                .orElseThrow(() ->
                        Problem.notFound("There is no source »" + source + "« of a vertical »" + vertical + "«."));
    }

    /** Whether a source is to run. */
    public boolean isDesired(String healthId) {
        return find(healthId).map(source -> source.on).orElse(false);
    }

    /**
     * Says whether a source is to run, now and after a restart.
     *
     * @throws Problem of type ResourceNotFound
     */
    public void setDesired(String vertical, String source, boolean on) {
        Supervised supervised = get(vertical, source);
        synchronized (supervised) {
            states.setDesired(healthId(vertical, source), on);
            if (supervised.on != on) {
                supervised.on = on;
                supervised.round++;
                if (on) {
                    schedule(supervised, supervised.round, 0);
                } else {
                    supervised.runner.stop();
                }
            }
        }
    }

    /**
     * Takes a document that a sender pushes. When this returns, its records are committed.
     *
     * @param header gives the value of a header field of the request
     * @param mayBring whether the sender may bring documents to the source anyway, which a source without a proof of its own asks for
     * @throws Problem of type ResourceNotFound, Unauthorized, Conflict when the source is off, or BadRequestData
     */
    public SourceHealth.Counts push(
            String vertical, String source, Function<String, Optional<String>> header, boolean mayBring, byte[] body) {
        Supervised supervised = get(vertical, source);
        SourceSpec spec = supervised.runner.spec();
        if (spec.connector() != SourceSpec.Connector.PUSH) {
            throw Problem.notFound("Nothing can be pushed to the source »" + source + "«.");
        }
        Optional<Transport.PushProof> proof = spec.transport().findPush();
        if (proof.isPresent()) {
            PushGate.check(vertical, proof.get(), surroundings.secrets(), header, body);
        } else if (!mayBring) {
            throw new Problem(
                    ProblemType.UNAUTHORIZED,
                    "The source asks for no proof of its own, so the sender needs the right to bring documents to it.",
                    "Send a key with the role editor as Authorization: Bearer, or declare a proof in the vertical.");
        }
        return take(supervised, body);
    }

    /**
     * Takes a document that a person brings, for a source of any kind. When this returns, its records are committed.
     *
     * @throws Problem of type ResourceNotFound, Conflict when the source is off, or BadRequestData
     */
    public SourceHealth.Counts bring(String vertical, String source, byte[] document) {
        return take(get(vertical, source), document);
    }

    private static SourceHealth.Counts take(Supervised source, byte[] document) {
        if (!source.on) {
            throw new Problem(ProblemType.CONFLICT, "The source is switched off.", "Switch it on first.");
        }
        if (document.length > source.runner.spec().maxBytes()) {
            throw new Problem(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The document is larger than " + source.runner.spec().maxBytes() + " bytes.",
                    "Send smaller ones, or raise maxBytes in the declaration of the source.");
        }
        try {
            return source.runner.take(document);
        } catch (SourceFailure e) {
            throw Problem.badRequestData(e.reason().en(), "Send a document in the source's format.");
        }
    }

    /** The last rejected records of a source, newest first; none for a source that is not known. */
    public List<RejectedRecord> lastRejected(String healthId) {
        return find(healthId).map(source -> source.runner.lastRejected()).orElse(List.of());
    }

    /** Ends the sources of a vertical; what is kept of them stays. When this returns, none of them writes any more. */
    public void remove(String vertical) {
        List<Supervised> leaving = new ArrayList<>();
        synchronized (this) {
            broken.values().removeIf(health -> health.identity().vertical().equals(vertical));
            sources.values().removeIf(source -> source.vertical.equals(vertical) && leaving.add(source));
        }
        leaving.forEach(source -> source.on = false);
        for (Supervised source : leaving) {
            source.runner.close();
            source.runner.stop();
        }
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
        List<Supervised> all;
        synchronized (this) {
            all = List.copyOf(sources.values());
        }
        for (Supervised source : all) {
            if (source.on) {
                source.runner.stop();
            }
            source.runner.close();
        }
        web.close();
    }
}
