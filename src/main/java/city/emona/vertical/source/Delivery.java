package city.emona.vertical.source;

import city.emona.context.Entity;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.RecordSet.Unusable;
import city.emona.vertical.format.RecordSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one poll, maps them and commits them some hundreds at a time, while the rest of the document is still being read.
 * Used by one thread.
 */
final class Delivery implements RecordSink {
    private static final int BATCH = 500;

    private final Pipeline pipeline;
    private final EntityWriter writer;
    private final Instant fetchedAt;
    private final boolean completes;
    private final Consumer<List<RejectedRecord>> keeper;
    private final List<Pipeline.Given> waiting = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final List<LocalizedText> detected = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private Map<String, @Nullable Object> header = Map.of();
    private @Nullable LocalizedText brokenOff;
    private SourceHealth.Counts counts = SourceHealth.Counts.NONE;
    private boolean lacked;

    /**
     * @param completes whether records may only complete entities that are there
     * @param keeper takes the records that were rejected, a batch at a time
     */
    Delivery(
            Pipeline pipeline,
            EntityWriter writer,
            Instant fetchedAt,
            boolean completes,
            Consumer<List<RejectedRecord>> keeper) {
        this.pipeline = pipeline;
        this.writer = writer;
        this.fetchedAt = fetchedAt;
        this.completes = completes;
        this.keeper = keeper;
    }

    @Override
    public void header(Map<String, @Nullable Object> next) {
        header = next;
    }

    @Override
    public void record(Object content) {
        waiting.add(new Pipeline.Given(header, content));
        flushIfFull();
    }

    @Override
    public void unusable(Object content, LocalizedText reason) {
        unusable.add(new Unusable(content, reason));
        flushIfFull();
    }

    @Override
    public void brokenOff(LocalizedText reason) {
        brokenOff = reason;
    }

    @Override
    public void detected(LocalizedText what) {
        detected.add(what);
    }

    private void flushIfFull() {
        if (waiting.size() + unusable.size() >= BATCH) {
            flush();
        }
    }

    /** Commits what waits. */
    void flush() {
        if (waiting.isEmpty() && unusable.isEmpty()) {
            return;
        }
        MappedPoll poll = pipeline.map(waiting, unusable, fetchedAt, this::mayBe);
        waiting.clear();
        unusable.clear();
        List<Entity> entities = new ArrayList<>(poll.observations().size());
        int more = 0;
        for (MappedPoll.Observation one : poll.observations()) {
            Long before = newest.get(one.entity().id());
            if (before == null || one.atMillis() >= before) {
                newest.put(one.entity().id(), one.atMillis());
                entities.add(one.entity());
                more += before == null ? 1 : 0;
            }
        }
        int changed = writer.write(entities, fetchedAt);
        keeper.accept(poll.rejected());
        counts = new SourceHealth.Counts(
                counts.accepted() + poll.accepted(),
                counts.incomplete() + poll.incompleteCount(),
                counts.rejected() + poll.rejectedCount(),
                counts.unchanged() + entities.size() - changed,
                counts.entities() + more,
                Math.max(counts.newestObservation(), poll.newestObservation().orElse(0)));
    }

    private boolean mayBe(String id) {
        boolean may = !completes || writer.knows(id);
        lacked |= !may;
        return may;
    }

    /** Whether an entity was not there that a record would have completed. */
    boolean hasLacked() {
        return lacked;
    }

    /** What was brought so far, without what waits. */
    SourceHealth.Counts counts() {
        return counts;
    }

    /** Why the document ends too early. */
    Optional<LocalizedText> findBrokenOff() {
        return Optional.ofNullable(brokenOff);
    }

    /** What was found out about the document's form. */
    Optional<LocalizedText> findDetected() {
        return detected.isEmpty()
                ? Optional.empty()
                : Optional.of(new LocalizedText(
                        String.join(
                                " ", detected.stream().map(LocalizedText::sl).toList()),
                        String.join(
                                " ", detected.stream().map(LocalizedText::en).toList())));
    }
}
