package city.emona.broker.live;

import city.emona.problem.Problem;
import city.emona.query.EntitySelector;
import city.emona.store.ContextStore;
import city.emona.store.LogEntry;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened behind a position of the log: of each entity that the log names, the present state, once. That state may be newer than
 * the log's end, and then the changes that led to it still come to the stream; of such entities only the present state is told again, so
 * that nobody sees an entity go back in time. For use by the stream's thread.
 */
final class LogReplay {
    /** How many entries are read at once. */
    static final int PIECE = 1_000;

    private static final long ABSENT = -1;

    private final LiveQuery follow;
    private final ContextStore store;
    private final LiveJudge judge;

    /** The entities of which a state was told that is perhaps newer than what the stream has taken, with the version told. */
    private final Map<String, Long> unsettled = new HashMap<>();

    /** What is told of these entities was committed up to there, once {@link #isBound}. */
    private long bound;

    private boolean isBound;

    LogReplay(LiveQuery follow, ContextStore store, LiveJudge judge) {
        this.follow = follow;
        this.store = store;
        this.judge = judge;
    }

    /**
     * A piece of the log.
     *
     * @param end the position up to which it says all
     * @param isLast whether everything behind comes through the queue that was opened before it was read
     */
    record Piece(List<LogEntry> entries, long end, boolean isLast) {}

    /** An entity as the log names it: where it is named last, and the types that the entities of those commits have lost. */
    private record Named(long position, Set<String> formerTypes) {}

    /** Reads the next piece of the log. */
    Piece read(long after) {
        // entries behind this position may be in the log before readers see their entities
        long end = store.logEnd();
        List<LogEntry> entries = store.readLog(after, PIECE);
        boolean isLast = entries.size() < PIECE || entries.getLast().position() >= end;
        List<LogEntry> visible = new ArrayList<>(entries);
        visible.removeIf(entry -> entry.position() > end);
        return new Piece(visible, isLast ? end : entries.getLast().position(), isLast);
    }

    /** Tells what a piece says, in the order in which the entities changed last. */
    void tell(Piece piece, Consumer<LiveEvent> say) {
        unsettled.clear();
        named(piece).forEach((id, named) -> {
            LiveEvent event = judge(id, named, piece);
            if (event != null) {
                say.accept(event);
            }
        });
        bound = store.logEnd();
        isBound = false;
    }

    private Map<String, Named> named(Piece piece) {
        Map<String, Named> named = new LinkedHashMap<>();
        for (LogEntry entry : piece.entries()) {
            if (entry.tenant().equals(follow.tenant())) {
                for (String id : entry.ids()) {
                    Named before = named.remove(id);
                    Set<String> former = entry.formerTypes();
                    if (before != null && !former.containsAll(before.formerTypes)) {
                        former = new HashSet<>(former);
                        former.addAll(before.formerTypes);
                    }
                    named.put(id, new Named(entry.position(), former));
                }
            }
        }
        return named;
    }

    private @Nullable LiveEvent judge(String id, Named named, Piece piece) {
        Optional<StoredEntity> state = judge.find(id);
        boolean matches = state.filter(judge::matches).isPresent();
        boolean isNewer = state.isEmpty() || state.get().version() > piece.end;
        if (matches && isNewer && !piece.isLast) {
            // a later piece names it again
            return null;
        }
        if (!matches && !mayHaveMatched(id, named.formerTypes, state)) {
            return null;
        }
        if (isNewer) {
            unsettled.put(id, state.map(StoredEntity::version).orElse(ABSENT));
        }
        return matches ? new LiveEvent.Present(named.position, state.get()) : new LiveEvent.Gone(named.position, id);
    }

    /** Whether the entity, which does not match now, may have matched before, as far as its id and its types tell. */
    private boolean mayHaveMatched(String id, Set<String> formerTypes, Optional<StoredEntity> state) {
        List<String> types = new ArrayList<>(formerTypes);
        state.ifPresent(present -> types.addAll(present.packed().types()));
        try {
            for (EntitySelector selector : follow.filter().selectors()) {
                if (selector.matches(id, types)) {
                    return true;
                }
            }
            return false;
        } catch (Problem tooComplex) {
            return false;
        }
    }

    /** Forgets which entities are unsettled when changes come that are newer than all that was told of them. */
    void settle(long position) {
        if (!unsettled.isEmpty() && position > bound) {
            if (isBound) {
                unsettled.clear();
            } else {
                // the commit that was on its way while the log was told is complete now
                bound = store.logEnd();
                isBound = true;
            }
        }
    }

    /** Whether of an entity only the present state may be told. */
    boolean isUnsettled(String id) {
        return unsettled.containsKey(id);
    }

    /** What is to be told of an unsettled entity that has changed; null where it was told already. */
    @Nullable
    LiveEvent again(String id, long position) {
        Optional<StoredEntity> state = judge.find(id);
        long version = state.map(StoredEntity::version).orElse(ABSENT);
        Long told = unsettled.put(id, version);
        if (told != null && told == version) {
            return null;
        }
        return state.filter(judge::matches).isPresent()
                ? new LiveEvent.Present(position, state.get())
                : new LiveEvent.Gone(position, id);
    }
}
