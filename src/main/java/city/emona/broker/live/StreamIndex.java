package city.emona.broker.live;

import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the streams that a change may concern: by the id where a stream names ids, by the type where it names types. Safe for use by many
 * threads.
 */
final class StreamIndex {
    private final Map<Key, Set<LiveStream>> streams = new ConcurrentHashMap<>();
    private final Set<LiveStream> all = ConcurrentHashMap.newKeySet();

    private enum Kind {
        ID,
        TYPE,
        ANY
    }

    private record Key(Tenant tenant, Kind kind, String name) {}

    /** Whether nobody listens. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    void add(LiveStream stream) {
        all.add(stream);
        forEachKey(
                stream,
                key -> streams.compute(key, (_, set) -> {
                    Set<LiveStream> some = set == null ? ConcurrentHashMap.newKeySet() : set;
                    some.add(stream);
                    return some;
                }));
    }

    void remove(LiveStream stream) {
        forEachKey(
                stream,
                key -> streams.computeIfPresent(key, (_, set) -> set.remove(stream) && set.isEmpty() ? null : set));
        all.remove(stream);
    }

    private static void forEachKey(LiveStream stream, Consumer<Key> use) {
        EntityFilter filter = stream.filter();
        for (EntitySelector selector : filter.selectors()) {
            if (!selector.ids().isEmpty()) {
                selector.ids().forEach(id -> use.accept(new Key(stream.tenant(), Kind.ID, id)));
            } else if (selector.types().isAny()) {
                use.accept(new Key(stream.tenant(), Kind.ANY, ""));
            } else {
                // an entity has all types of an alternative, so one of them is enough to find it
                selector.types()
                        .alternatives()
                        .forEach(all -> use.accept(new Key(
                                stream.tenant(), Kind.TYPE, all.iterator().next())));
            }
        }
    }

    /** The streams that a change may concern. */
    Set<LiveStream> find(CommittedChange change) {
        Set<LiveStream> found = new HashSet<>();
        addAll(found, new Key(change.tenant(), Kind.ANY, ""));
        addAll(found, new Key(change.tenant(), Kind.ID, change.id()));
        addTypes(found, change.tenant(), change.before());
        addTypes(found, change.tenant(), change.after());
        return found;
    }

    private void addTypes(Set<LiveStream> found, Tenant tenant, @Nullable StoredEntity state) {
        if (state != null) {
            state.packed().types().forEach(type -> addAll(found, new Key(tenant, Kind.TYPE, type)));
        }
    }

    private void addAll(Set<LiveStream> found, Key key) {
        Set<LiveStream> set = streams.get(key);
        if (set != null) {
            found.addAll(set);
        }
    }

    /** All streams. */
    Set<LiveStream> all() {
        return Set.copyOf(all);
    }
}
