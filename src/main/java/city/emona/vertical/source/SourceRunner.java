package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.provenance.Origin;
import city.emona.vertical.provenance.Origins;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Polls one source, and knows how it is. Polls never overlap; the health may be read at any time by any thread. */
final class SourceRunner {
    /** How many rejected records are kept. */
    static final int KEPT_REJECTED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SourceRunner.class);
    private static final int FAILING_AFTER = 3;
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(15);

    /** The entity's times are never older than this while all goes well. */
    private static final Duration HEARTBEAT = Duration.ofMinutes(1);

    private final SourceSpec spec;
    private final Broker broker;
    private final InstantSource clock;
    private final Connector connector;
    private final Pipeline pipeline;
    private final EntityWriter writer;
    private final SourceStates states;
    private final String fingerprint;
    private final ReentrantLock polling = new ReentrantLock();
    private final Deque<RejectedRecord> rejected = new ArrayDeque<>();
    private volatile SourceHealth health;
    private volatile Duration askedPause = Duration.ZERO;
    private boolean closed;
    private boolean rejectedChanged;
    private SourceHealth written;
    private Fetched.Validators writtenPosition = Fetched.Validators.NONE;
    private long writtenAt;

    /**
     * @param origin what is written down of the values' provenance
     * @param fingerprint of all that the result depends on, besides the data
     */
    SourceRunner(
            SourceSpec spec,
            SourceHealth.Identity identity,
            Parts parts,
            Connector connector,
            Pipeline pipeline,
            Origin origin,
            String fingerprint) {
        this.spec = spec;
        this.broker = parts.broker();
        this.clock = parts.clock();
        this.states = parts.states();
        this.connector = connector;
        this.pipeline = pipeline;
        this.writer = new EntityWriter(parts.broker(), parts.origins(), origin);
        this.fingerprint = fingerprint;
        this.rejected.addAll(states.listRejected(identity.id()));
        this.health = SourceHealth.stopped(identity, null);
        states.findPosition(identity.id())
                .filter(position -> position.fingerprint().equals(fingerprint))
                .ifPresent(position -> {
                    health = health.resumed(position.lastSuccess(), position.counts());
                    connector.resume(position.validators());
                    writtenPosition = position.validators();
                });
        this.written = health;
    }

    /** What all sources share. */
    record Parts(Broker broker, InstantSource clock, SourceStates states, Origins origins) {}

    SourceSpec spec() {
        return spec;
    }

    SourceHealth health() {
        return health;
    }

    boolean isPatient() {
        return connector.isPatient();
    }

    /** The last rejected records, newest first. */
    List<RejectedRecord> lastRejected() {
        synchronized (rejected) {
            return List.copyOf(rejected);
        }
    }

    /** How long to wait after the last poll: the declared time, doubled with each failure up to a bound, or what the source asks for. */
    Duration pause() {
        int failures = health.failures();
        if (failures == 0 && connector.hasMore()) {
            return Duration.ZERO;
        }
        Duration declared = spec.every();
        if (failures <= 1) {
            return longer(declared, askedPause);
        }
        Duration doubled = declared.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration bound = longer(declared, MAX_BACKOFF);
        return longer(doubled.compareTo(bound) > 0 ? bound : doubled, askedPause);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Polls once. Whatever goes wrong is the health's matter; only an interruption ends a poll early. */
    void poll() throws InterruptedException {
        polling.lockInterruptibly();
        Instant now = clock.instant();
        Delivery delivery = delivery(now);
        askedPause = Duration.ZERO;
        try {
            if (closed) {
                return;
            }
            var occasion = new Connector.Occasion(now, health.counts().newestObservation());
            boolean came = connector.poll(occasion, delivery);
            if (came) {
                take(delivery, now);
            } else {
                SourceHealth.Counts counts = health.counts();
                publish(health.succeeded(counts, complaint(counts, now), now.toEpochMilli()));
            }
        } catch (SourceFailure e) {
            askedPause = e.findRetryAfter().orElse(Duration.ZERO);
            connector.refused(e.reason());
            fail(e.reason(), now);
        } catch (Problem e) {
            fail(new LocalizedText("Zapis ni uspel: " + e.explanation(), "The write failed: " + e.explanation()), now);
        } catch (RuntimeException e) {
            LOG.error("The source {} failed unexpectedly", health.identity().id(), e);
            fail(new LocalizedText("Napaka programa: " + e, "A defect of the program: " + e), now);
        } finally {
            polling.unlock();
        }
    }

    /**
     * Takes a document that somebody brought. When this returns, its records are committed.
     *
     * @throws SourceFailure when the document is not in the source's format
     */
    SourceHealth.Counts take(byte[] document) throws SourceFailure {
        polling.lock();
        try {
            Instant now = clock.instant();
            Delivery delivery = delivery(now);
            Formats.read(spec.format(), new Body(document, spec.charset(), null), delivery);
            return take(delivery, now);
        } finally {
            polling.unlock();
        }
    }

    private Delivery delivery(Instant now) {
        return new Delivery(pipeline, writer, now, spec.completes(), this::keep);
    }

    private SourceHealth.Counts take(Delivery delivery, Instant now) {
        delivery.flush();
        boolean sameAgain = delivery.hasLacked() && spec.connector().isScheduled();
        if (delivery.findBrokenOff().isPresent()) {
            connector.refused(delivery.findBrokenOff().get());
        } else if (!sameAgain) {
            connector.accepted();
        }
        SourceHealth.Counts brought = delivery.counts();
        SourceHealth.Counts counts = brought.newestObservation() > 0
                ? brought
                : brought.withNewest(health.counts().newestObservation());
        publish(health.withDetected(delivery.findDetected().orElse(null))
                .succeeded(counts, delivery.findBrokenOff().or(() -> complaint(counts, now)), now.toEpochMilli()));
        return brought;
    }

    /** A record that is rejected again and again for the same reason is kept once, with its last time. */
    private void keep(List<RejectedRecord> more) {
        synchronized (rejected) {
            for (RejectedRecord one : more.subList(Math.max(0, more.size() - KEPT_REJECTED), more.size())) {
                rejectedChanged |= !rejected.removeIf(one::sameAs);
                rejected.addFirst(one);
            }
            while (rejected.size() > KEPT_REJECTED) {
                rejected.removeLast();
            }
        }
    }

    private Optional<LocalizedText> complaint(SourceHealth.Counts counts, Instant now) {
        long newest = counts.newestObservation();
        return spec.findStaleAfter()
                .filter(limit -> newest > 0 && newest < now.minus(limit).toEpochMilli())
                .map(_ -> Instant.ofEpochMilli(newest))
                .map(at -> new LocalizedText(
                        "Vir odgovarja, a najnovejša meritev je stara: " + at + ".",
                        "The source answers, but its newest observation is old: " + at + "."));
    }

    private void fail(LocalizedText reason, Instant now) {
        boolean first = health.failures() == 0;
        LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                .log("The source {} failed: {}", health.identity().id(), reason.en());
        publish(health.failed(reason, FAILING_AFTER, now.toEpochMilli()));
    }

    /** Says that the source does not run any more. */
    void stop() {
        polling.lock();
        try {
            publish(health.stopped());
        } finally {
            polling.unlock();
        }
    }

    /** Lets go of what the source holds, once a poll under way has ended; it is not polled again. */
    void close() {
        polling.lock();
        try {
            closed = true;
            connector.close();
        } finally {
            polling.unlock();
        }
    }

    private void publish(SourceHealth next) {
        health = next;
        long now = clock.millis();
        boolean due = now - writtenAt >= HEARTBEAT.toMillis();
        boolean moved = !connector.position().equals(writtenPosition);
        try {
            if (next.differsInSubstanceFrom(written) || due) {
                broker.upsertAll(Tenant.DEFAULT, List.of(HealthEntity.of(next, now)));
                written = next;
                writtenAt = now;
                moved = true;
            }
            if (moved && next.lastSuccess() > 0) {
                states.setPosition(
                        next.identity().id(),
                        new SourceStates.Position(
                                fingerprint, connector.position(), next.lastSuccess(), next.counts()));
                writtenPosition = connector.position();
            }
            writeRejected(next.identity().id());
        } catch (Problem e) {
            LOG.debug("The health of {} is not written: {}", next.identity().id(), e.getMessage());
        }
    }

    private void writeRejected(String id) {
        List<RejectedRecord> kept;
        synchronized (rejected) {
            if (!rejectedChanged) {
                return;
            }
            rejectedChanged = false;
            kept = List.copyOf(rejected);
        }
        states.setRejected(id, kept);
    }
}
