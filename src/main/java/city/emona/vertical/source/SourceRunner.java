package city.emona.vertical.source;

import city.emona.broker.BatchItem;
import city.emona.broker.Broker;
import city.emona.broker.UpsertCounts;
import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Polls one source, and knows how it is. Polls never overlap; the health may be read at any time by any thread. */
final class SourceRunner {
    /** How many rejected records are kept. */
    static final int KEPT_REJECTED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SourceRunner.class);
    private static final int BATCH = 500;
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
    private final Deque<RejectedRecord> rejected = new ArrayDeque<>();
    private final Map<String, Set<String>> given = new HashMap<>();
    private volatile SourceHealth health;
    private SourceHealth written;
    private long writtenAt;

    SourceRunner(
            SourceSpec spec,
            SourceHealth.Identity identity,
            Broker broker,
            InstantSource clock,
            Connector connector,
            Pipeline pipeline) {
        this.spec = spec;
        this.health = SourceHealth.stopped(identity, null);
        this.written = health;
        this.broker = broker;
        this.clock = clock;
        this.connector = connector;
        this.pipeline = pipeline;
    }

    SourceHealth health() {
        return health;
    }

    /** The last rejected records, newest first. */
    List<RejectedRecord> lastRejected() {
        synchronized (rejected) {
            return List.copyOf(rejected);
        }
    }

    /** How long to wait after the last poll: the declared time, doubled with each failure up to a bound. */
    Duration pause() {
        int failures = health.failures();
        Duration declared = spec.every();
        if (failures <= 1) {
            return declared;
        }
        Duration doubled = declared.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration bound = declared.compareTo(MAX_BACKOFF) > 0 ? declared : MAX_BACKOFF;
        return doubled.compareTo(bound) > 0 ? bound : doubled;
    }

    /** Polls once. Whatever goes wrong is the health's matter; only an interruption ends a poll early. */
    void poll() throws InterruptedException {
        Instant now = clock.instant();
        try {
            Optional<RecordSet> records = connector.poll(now);
            if (records.isPresent()) {
                take(records.get(), now);
            } else {
                SourceHealth.Counts counts = health.counts();
                publish(health.succeeded(counts, complaint(counts, now), now.toEpochMilli()));
            }
        } catch (SourceFailure e) {
            fail(e.reason(), now);
        } catch (Problem e) {
            fail(new LocalizedText("Zapis ni uspel: " + e.explanation(), "The write failed: " + e.explanation()), now);
        } catch (RuntimeException e) {
            LOG.error("The source {} failed unexpectedly", health.identity().id(), e);
            fail(new LocalizedText("Napaka programa: " + e, "A defect of the program: " + e), now);
        }
    }

    private void take(RecordSet records, Instant now) {
        MappedPoll poll = pipeline.map(records, now);
        int changed = write(poll.entities());
        keep(poll.rejected());
        SourceHealth.Counts counts = new SourceHealth.Counts(
                poll.accepted(),
                poll.incompleteCount(),
                poll.rejectedCount(),
                poll.entities().size() - changed,
                poll.entities().size(),
                poll.newestObservation().orElse(0));
        if (records.findBrokenOff().isEmpty()) {
            connector.accepted();
        }
        publish(health.succeeded(counts, records.findBrokenOff().or(() -> complaint(counts, now)), now.toEpochMilli()));
    }

    private int write(List<Entity> entities) {
        int changed = 0;
        for (int from = 0; from < entities.size(); from += BATCH) {
            int to = Math.min(from + BATCH, entities.size());
            UpsertCounts counts = broker.upsertAll(Tenant.DEFAULT, entities.subList(from, to));
            changed += counts.created() + counts.updated();
        }
        withdraw(entities);
        return changed;
    }

    /** Takes back what the source gave before and gives no more: an empty value is no reason to go on showing the old one. */
    private void withdraw(List<Entity> entities) {
        List<BatchItem> items = new ArrayList<>();
        for (Entity entity : entities) {
            Set<String> names =
                    entity.attributes().stream().map(Attribute::name).collect(Collectors.toSet());
            Set<String> before = given.put(entity.id(), names);
            if (before != null && !names.containsAll(before)) {
                Set<String> gone = new HashSet<>(before);
                gone.removeAll(names);
                items.add(new BatchItem(
                        entity.id(),
                        present -> BatchItem.Outcome.of(
                                present.map(e -> without(e, gone)).orElse(null))));
            }
        }
        if (!items.isEmpty()) {
            broker.batch(Tenant.DEFAULT, items);
        }
    }

    private Entity without(Entity entity, Set<String> names) {
        Entity next = entity;
        for (String name : names) {
            next = next.withoutAttribute(name);
        }
        return next.withTimes(entity.createdAt(), broker.now());
    }

    /** A record that is rejected again and again for the same reason is kept once, with its last time. */
    private void keep(List<RejectedRecord> more) {
        synchronized (rejected) {
            for (RejectedRecord one : more.subList(Math.max(0, more.size() - KEPT_REJECTED), more.size())) {
                rejected.removeIf(one::sameAs);
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
        publish(health.stopped());
    }

    private void publish(SourceHealth next) {
        health = next;
        long now = clock.millis();
        if (next.differsInSubstanceFrom(written) || now - writtenAt >= HEARTBEAT.toMillis()) {
            try {
                broker.upsertAll(Tenant.DEFAULT, List.of(HealthEntity.of(next, now)));
                written = next;
                writtenAt = now;
            } catch (Problem e) {
                LOG.debug("The health of {} is not written: {}", next.identity().id(), e.getMessage());
            }
        }
    }
}
