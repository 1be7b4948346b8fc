package city.emona.app.demo;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.HistoryWrite;
import city.emona.store.Tenant;
import city.emona.vertical.DemoSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.demo.DemoFeed;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.DemoObservations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the demo city a past: for each vertical the week before it first ran, hour by hour, as the same feeds would have told it. It is written
 * in the background, a day at a time, and once for each data folder; what is broken off is written anew at the next start.
 */
public final class DemoPast implements AutoCloseable {
    /** How far the past reaches back. */
    public static final Duration LENGTH = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(DemoPast.class);
    private static final String KIND = "demo";
    private static final int ENTITIES_AT_ONCE = 20;

    /** How long a server that starts is left alone: whoever started it looks at it first. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ContextStore store;
    private final Contexts contexts;
    private final InstantSource clock;
    private final Duration patience;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("demo-past").daemon().factory());

    /** @param patience how long it waits before it writes */
    public DemoPast(ContextStore store, Contexts contexts, InstantSource clock, Duration patience) {
        this.patience = patience;
        this.store = store;
        this.contexts = contexts;
        this.clock = clock;
    }

    /** Writes the past of the verticals that have none yet. */
    public void follow(Verticals verticals) {
        for (Vertical vertical : verticals.list()) {
            if (!vertical.demo().isEmpty() && !isWritten(vertical)) {
                try {
                    var _ = writer.schedule(() -> write(vertical), patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException _) {
                    LOG.debug("The past of {} is not written: the server is stopping", vertical.id());
                }
            }
        }
    }

    private static String documentId(Vertical vertical) {
        return "past-" + vertical.id();
    }

    private boolean isWritten(Vertical vertical) {
        return store.findDocument(Tenant.DEFAULT, KIND, documentId(vertical)).isPresent();
    }

    private void write(Vertical vertical) {
        if (isWritten(vertical)) {
            return;
        }
        try {
            Instant last = clock.instant().truncatedTo(ChronoUnit.HOURS);
            for (DemoSpec demo : vertical.demo()) {
                write(new DemoObservations(vertical, new DemoFeed(demo), contexts), last);
            }
            byte[] until = Json.bytes(Json.object().put("until", last.toString()));
            commit(List.of(), List.of(new DocumentWrite(KIND, documentId(vertical), until)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SourceFailure | Problem e) {
            LOG.warn("The demo of {} has no past: {}", vertical.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The past of the demo of {} was broken off by a defect", vertical.id(), e);
        }
    }

    /** Writes day by day, and ends after a day on which nothing was observed: a timetable, say, has no past. */
    private void write(DemoObservations observations, Instant last) throws SourceFailure, InterruptedException {
        Instant from = last.minus(LENGTH);
        boolean any = true;
        while (any && !from.isAfter(last)) {
            Instant until = from.plus(1, ChronoUnit.DAYS);
            any = writeDay(observations, from, until.isAfter(last) ? last.plus(1, ChronoUnit.HOURS) : until);
            from = until;
        }
    }

    /** @return whether anything was observed */
    private boolean writeDay(DemoObservations past, Instant from, Instant until)
            throws SourceFailure, InterruptedException {
        Map<String, Told> told = new LinkedHashMap<>();
        for (Instant at = from; at.isBefore(until); at = at.plus(1, ChronoUnit.HOURS)) {
            long begun = System.nanoTime();
            for (Entity entity : past.at(at)) {
                List<HistoryWrite.Addition> additions = observations(entity, at);
                if (!additions.isEmpty()) {
                    told.computeIfAbsent(entity.id(), _ -> new Told(entity.types(), new ArrayList<>()))
                            .additions()
                            .addAll(additions);
                }
            }
            // half of a processor is enough for it; interrupted, it breaks off here
            TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begun);
        }
        List<HistoryWrite> writes = new ArrayList<>();
        told.forEach((id, one) -> {
            writes.add(new HistoryWrite.Append(id, one.types(), one.additions()));
            if (writes.size() == ENTITIES_AT_ONCE) {
                commit(writes, List.of());
                writes.clear();
            }
        });
        commit(writes, List.of());
        return !told.isEmpty();
    }

    /** What is told of an entity. */
    private record Told(List<String> types, List<HistoryWrite.Addition> additions) {}

    private void commit(List<HistoryWrite> history, List<DocumentWrite> documents) {
        if (!history.isEmpty() || !documents.isEmpty()) {
            store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), documents, history));
        }
    }

    /** What was observed of an entity, told as of the full hour. */
    private static List<HistoryWrite.Addition> observations(Entity entity, Instant hour) {
        List<HistoryWrite.Addition> observations = new ArrayList<>();
        for (Attribute attribute : entity.attributes()) {
            for (AttributeInstance instance : attribute.instances()) {
                if (instance.observedAt() != null) {
                    observations.add(new HistoryWrite.Addition(attribute.name(), at(instance, hour)));
                }
            }
        }
        return observations;
    }

    private static AttributeInstance at(AttributeInstance instance, Instant hour) {
        return new AttributeInstance(
                instance.type(),
                instance.value(),
                instance.datasetId(),
                hour.toString(),
                instance.unitCode(),
                instance.qualifierType(),
                hour.toEpochMilli(),
                hour.toEpochMilli(),
                0,
                instance.attributes());
    }

    /** Breaks off what is still being written. */
    @Override
    public void close() {
        writer.shutdownNow();
        try {
            var _ = writer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
