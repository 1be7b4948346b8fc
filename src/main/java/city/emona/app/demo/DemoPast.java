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
import city.emona.vertical.Verticals;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.PastObservations;
import city.emona.vertical.source.SourceOverride;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the demo city a past: the week before its first start, hour by hour, as the same feeds would have told it. It is written in the
 * background, a part of the entities at a time, and once for each data folder; what is broken off is written anew at the next start.
 */
public final class DemoPast implements AutoCloseable {
    /** How far the past reaches back. */
    public static final Duration LENGTH = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(DemoPast.class);
    private static final String KIND = "demo";
    private static final String DONE = "past";
    private static final int ENTITIES_AT_ONCE = 20;

    private final ContextStore store;
    private final Verticals verticals;
    private final Contexts contexts;
    private final InstantSource clock;
    private final List<SourceOverride> sources;
    private final DemoCity city;
    private final Thread writer = Thread.ofPlatform().name("demo-past").daemon().unstarted(this::write);

    /** @param sources which sources the demo city feeds */
    public DemoPast(
            ContextStore store,
            Verticals verticals,
            Contexts contexts,
            InstantSource clock,
            DemoCity city,
            List<SourceOverride> sources) {
        this.store = store;
        this.verticals = verticals;
        this.contexts = contexts;
        this.clock = clock;
        this.city = city;
        this.sources = sources;
    }

    /** Begins to write, unless it was written before. */
    public void start() {
        if (store.findDocument(Tenant.DEFAULT, KIND, DONE).isEmpty()) {
            writer.start();
        }
    }

    private void write() {
        try {
            Instant last = clock.instant().truncatedTo(ChronoUnit.HOURS);
            for (SourceOverride source : sources) {
                Optional<PastObservations> past = verticals
                        .find(source.vertical())
                        .map(vertical -> new PastObservations(vertical, source, contexts, city::document));
                if (past.isPresent()) {
                    write(past.get(), last);
                }
            }
            byte[] until = Json.bytes(Json.object().put("until", last.toString()));
            commit(List.of(), List.of(new DocumentWrite(KIND, DONE, until)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SourceFailure | Problem e) {
            LOG.warn("The demo city has no past: {}", e.getMessage());
        }
    }

    private void write(PastObservations past, Instant last) throws SourceFailure, InterruptedException {
        Map<String, List<HistoryWrite.Addition>> additions = new LinkedHashMap<>();
        Map<String, List<String>> types = new LinkedHashMap<>();
        for (Instant at = last.minus(LENGTH); !at.isAfter(last); at = at.plus(1, ChronoUnit.HOURS)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (Entity entity : past.at(at)) {
                types.put(entity.id(), entity.types());
                additions.computeIfAbsent(entity.id(), _ -> new ArrayList<>()).addAll(observations(entity, at));
            }
        }
        List<HistoryWrite> writes = new ArrayList<>();
        for (String id : additions.keySet()) {
            writes.add(new HistoryWrite.Append(
                    id, types.getOrDefault(id, List.of()), additions.getOrDefault(id, List.of())));
            if (writes.size() == ENTITIES_AT_ONCE) {
                commit(writes, List.of());
                writes.clear();
            }
        }
        commit(writes, List.of());
    }

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
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
