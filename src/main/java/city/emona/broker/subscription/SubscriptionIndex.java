package city.emona.broker.subscription;

import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.query.EntitySelector;
import city.emona.query.LinkedEntities;
import city.emona.query.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one tenant that wait for changes, where they can be found by what a change is about: by id or its beginning, by type or among those
 * of any type, there by the watched attribute, and there by a test of one value ({@link SlotGroup}). Safe for use by many threads.
 */
final class SubscriptionIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionIndex.class);

    private final Map<String, Bucket> byId = new HashMap<>();
    private final Map<String, Bucket> byIdStart = new HashMap<>();
    private final Map<String, Bucket> byType = new HashMap<>();
    private final Bucket any = new Bucket();
    private final Map<String, Slot> slots = new HashMap<>();
    private long changes;

    /** Finds linked entities for the conditions of the change that is being judged. */
    private LinkedEntities linked = LinkedEntities.NONE;

    /** Those that one id, or one type, leads to. */
    private static final class Bucket {
        private final SlotGroup all = new SlotGroup();
        private final Map<String, SlotGroup> byAttribute = new HashMap<>();

        void change(Slot slot, boolean added) {
            Set<String> watched = slot.live().subscription().watched();
            if (watched.isEmpty()) {
                all.change(slot, added);
            }
            for (String attribute : watched) {
                SlotGroup group = byAttribute.computeIfAbsent(attribute, _ -> new SlotGroup());
                group.change(slot, added);
                if (group.isEmpty()) {
                    byAttribute.remove(attribute);
                }
            }
        }

        void visit(ChangedEntity change, Consumer<Slot> visitor) {
            all.visit(change.packed(), visitor);
            if (!byAttribute.isEmpty()) {
                for (String attribute : change.changedNames()) {
                    SlotGroup group = byAttribute.get(attribute);
                    if (group != null) {
                        group.visit(change.packed(), visitor);
                    }
                }
            }
        }

        boolean isEmpty() {
            return all.isEmpty() && byAttribute.isEmpty();
        }
    }

    /** Adds a subscription; one that is told at intervals waits for no change. */
    synchronized void add(LiveSubscription live) {
        if (!live.subscription().isPeriodic()) {
            Slot slot = new Slot(live, this::find);
            slots.put(live.id(), slot);
            change(slot, true);
        }
    }

    private @Nullable Entity find(String id) {
        return linked.find(id);
    }

    /** Removes a subscription that {@link #add} added. */
    synchronized void remove(LiveSubscription live) {
        Slot slot = slots.remove(live.id());
        if (slot != null) {
            change(slot, false);
        }
    }

    /** Whether nobody waits for changes. */
    synchronized boolean isEmpty() {
        return slots.isEmpty();
    }

    private void change(Slot slot, boolean added) {
        Set<String> ids = new HashSet<>();
        Set<String> idStarts = new HashSet<>();
        Set<String> types = new HashSet<>();
        boolean whatever = false;
        for (EntitySelector selector : slot.live().subscription().filter().selectors()) {
            TextPattern pattern = selector.idPattern();
            if (!selector.ids().isEmpty()) {
                ids.addAll(selector.ids());
            } else if (pattern != null && !pattern.literalStart().isEmpty()) {
                idStarts.add(pattern.literalStart());
            } else if (selector.types().isAny()) {
                whatever = true;
            } else {
                selector.types()
                        .alternatives()
                        .forEach(all -> types.add(all.iterator().next()));
            }
        }
        change(byId, ids, slot, added);
        change(byIdStart, idStarts, slot, added);
        change(byType, types, slot, added);
        if (whatever) {
            any.change(slot, added);
        }
    }

    private static void change(Map<String, Bucket> buckets, Collection<String> keys, Slot slot, boolean added) {
        for (String key : keys) {
            Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket());
            bucket.change(slot, added);
            if (bucket.isEmpty()) {
                buckets.remove(key);
            }
        }
    }

    /**
     * The subscriptions that are to be told of a change.
     *
     * @param linkedEntities finds linked entities as they are behind the change
     * @param now epoch milliseconds
     */
    synchronized List<LiveSubscription> judge(ChangedEntity change, LinkedEntities linkedEntities, long now) {
        List<LiveSubscription> found = new ArrayList<>();
        long number = changes++;
        linked = linkedEntities;
        try {
            visit(change, slot -> {
                if (slot.meet(number) && isMatched(slot, change, now)) {
                    found.add(slot.live());
                }
            });
        } finally {
            linked = LinkedEntities.NONE;
        }
        return found;
    }

    /** A subscription whose pattern takes too long is not told, which its status shows. */
    private static boolean isMatched(Slot slot, ChangedEntity change, long now) {
        try {
            return slot.matches(change, now);
        } catch (Problem problem) {
            slot.live().record().broken(now);
            LOG.debug("The subscription {} cannot be judged: {}", slot.live().id(), problem.getMessage());
            return false;
        }
    }

    private void visit(ChangedEntity change, Consumer<Slot> visitor) {
        Bucket ofId = byId.get(change.id());
        if (ofId != null) {
            ofId.visit(change, visitor);
        }
        if (!byIdStart.isEmpty()) {
            for (int end = change.id().length(); end > 0; end--) {
                Bucket ofStart = byIdStart.get(change.id().substring(0, end));
                if (ofStart != null) {
                    ofStart.visit(change, visitor);
                }
            }
        }
        for (String type : change.packed().types()) {
            Bucket ofType = byType.get(type);
            if (ofType != null) {
                ofType.visit(change, visitor);
            }
        }
        any.visit(change, visitor);
    }
}
