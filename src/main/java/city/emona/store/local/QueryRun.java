package city.emona.store.local;

import city.emona.context.PackedEntity;
import city.emona.query.EntityFilter;
import city.emona.query.EntityMatcher;
import city.emona.query.EntityOrder;
import city.emona.query.EntityQuery;
import city.emona.query.LinkedEntities;
import city.emona.store.EntityPage;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One run of a query over candidates: it judges each, and keeps those of the page. For use by one thread. */
final class QueryRun {
    /** After how many candidates a run looks up whether it should go on; one less than a power of two. */
    private static final int LOOK_UP_MASK = 255;

    private final EntityQuery query;
    private final Iterator<StoredEntity> candidates;
    private final EntityMatcher matcher;
    private final QueryPlan plan;
    private final long now;
    private int looked;

    /** @param candidates in the order of their ids, among them all that can match */
    QueryRun(EntityQuery query, QueryPlan plan, Iterator<StoredEntity> candidates, LinkedEntities linked, long now) {
        EntityFilter filter = query.filter();
        this.query = query;
        this.candidates = candidates;
        this.matcher = new EntityMatcher(filter, linked);
        this.plan = plan;
        this.now = now;
    }

    /**
     * The page.
     *
     * @param total the number of matches, where it is known already; -1 otherwise
     */
    EntityPage page(long total) {
        return query.ordering().isById() ? inOrderOfIds(total) : ordered();
    }

    private EntityPage inOrderOfIds(long total) {
        boolean counting = query.count() && total < 0;
        List<StoredEntity> page = new ArrayList<>(Math.min(query.limit(), 64));
        long matched = 0;
        boolean more = false;
        StoredEntity match;
        while ((match = next()) != null) {
            matched++;
            if (matched <= query.offset()) {
                continue;
            }
            if (page.size() < query.limit()) {
                page.add(match);
            } else {
                more = true;
                if (!counting) {
                    break;
                }
            }
        }
        return new EntityPage(page, counting ? matched : total, more);
    }

    /** Keeps no more of the matches than the page and those before it. */
    private EntityPage ordered() {
        record Candidate(EntityOrder.Key key, StoredEntity entity) {}
        EntityOrder order = new EntityOrder(query.ordering());
        Comparator<Candidate> first = Comparator.comparing(Candidate::key, order.comparator());
        PriorityQueue<Candidate> kept = new PriorityQueue<>(first.reversed());
        long most = (long) query.offset() + query.limit();
        long matched = 0;
        StoredEntity match;
        while ((match = next()) != null) {
            matched++;
            if (most > 0) {
                kept.add(new Candidate(order.keyOf(match.entity()), match));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        }
        List<StoredEntity> page = kept.stream()
                .sorted(first)
                .skip(query.offset())
                .map(Candidate::entity)
                .toList();
        return new EntityPage(page, query.count() ? matched : -1, matched > most);
    }

    /** The next match, or null behind the last. */
    private @Nullable StoredEntity next() {
        while (candidates.hasNext()) {
            if ((++looked & LOOK_UP_MASK) == 0) {
                lookUp();
            }
            StoredEntity candidate = candidates.next();
            PackedEntity packed = candidate.packed();
            if (candidate.isExpired(now) || !matcher.mayMatch(candidate.id(), packed.types(), packed.names())) {
                continue;
            }
            StoredEntity current = candidate.asOf(now);
            boolean fulfilled = current == candidate && plan.isFulfilledBy(packed);
            if (fulfilled || matcher.matches(current.entity())) {
                return current;
            }
        }
        return null;
    }

    /** Stops where nobody waits for the answer any more. */
    private static void lookUp() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the query was stopped");
        }
    }
}
