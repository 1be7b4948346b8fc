package city.emona.store.local;

import city.emona.context.EntityKind;
import city.emona.context.PackedEntity;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.store.EntityPage;
import city.emona.store.HistoryHeader;
import city.emona.store.Inventory;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current state of one tenant in memory. One thread changes it; any number read it without waiting.
 */
final class TenantImage {
    private final Map<String, StoredEntity> byId = new ConcurrentHashMap<>();
    private final Map<String, EntityList> byType = new ConcurrentHashMap<>();
    private final KindCounts kinds = new KindCounts();
    private final ExpiryIndex expiries = new ExpiryIndex();
    private final ConcurrentSkipListMap<String, byte[]> documents = new ConcurrentSkipListMap<>();

    /** Of entities that have a history and no current state. */
    private final ConcurrentSkipListMap<String, HistoryHeader> absent = new ConcurrentSkipListMap<>();

    /** How many entities columns rule out in the time in which one is looked at. */
    private static final int RULED_OUT = 32;

    /** Whether any entity ever had an expiry; until then, the number of entities is the number that can be seen. */
    private volatile boolean mayExpire;

    @Nullable
    StoredEntity get(String id) {
        return byId.get(id);
    }

    Optional<StoredEntity> find(String id, long now) {
        StoredEntity entity = byId.get(id);
        return entity == null || entity.isExpired(now) ? Optional.empty() : Optional.of(entity.asOf(now));
    }

    List<StoredEntity> listExpired(long now, int limit) {
        return expiries.due(now, limit).stream()
                .map(byId::get)
                .filter(Objects::nonNull)
                .toList();
    }

    int size() {
        return byId.size();
    }

    void put(StoredEntity after) {
        if (after.packed().expiresAt() != 0) {
            mayExpire = true;
        }
        StoredEntity before = byId.put(after.id(), after);
        expiries.replace(before, after);
        count(before, after);
        List<String> types = after.packed().types();
        if (before != null && !before.packed().types().equals(types)) {
            for (String type : before.packed().types()) {
                if (!types.contains(type)) {
                    unlink(type, after.id());
                }
            }
        }
        for (String type : types) {
            byType.computeIfAbsent(type, _ -> new EntityList()).put(after);
        }
    }

    void remove(String id) {
        StoredEntity before = byId.remove(id);
        if (before != null) {
            expiries.replace(before, null);
            count(before, null);
            before.packed().types().forEach(type -> unlink(type, id));
        }
    }

    private void count(@Nullable StoredEntity before, @Nullable StoredEntity after) {
        EntityKind earlier = before == null ? null : before.packed().kind();
        EntityKind later = after == null ? null : after.packed().kind();
        if (later != null && !later.equals(earlier)) {
            kinds.add(later, 1);
        }
        if (earlier != null && !earlier.equals(later)) {
            kinds.add(earlier, -1);
        }
    }

    /** Which types and attributes there are, without what has expired. */
    Inventory inventory(long now) {
        if (!expiries.anyDue(now)) {
            return kinds.inventory();
        }
        KindCounts visible = kinds.copy();
        for (String id : expiries.due(now)) {
            StoredEntity stored = byId.get(id);
            if (stored != null) {
                visible.add(stored.packed().kind(), -1);
                if (!stored.isExpired(now)) {
                    visible.add(stored.asOf(now).packed().kind(), 1);
                }
            }
        }
        return visible.inventory();
    }

    private void unlink(String type, String id) {
        EntityList list = byType.get(type);
        if (list != null) {
            list.remove(id);
        }
    }

    EntityPage query(EntityQuery query, long now) {
        Optional<String> type = query.count() && !mayExpire ? query.filter().findOnlyType() : Optional.empty();
        QueryPlan plan = QueryPlan.of(query.filter());
        return new QueryRun(
                        query,
                        plan,
                        candidates(query.filter(), plan),
                        id -> find(id, now).map(StoredEntity::entity).orElse(null),
                        now)
                .page(type.map(this::countOfType).orElse(-1L));
    }

    long countCandidates(EntityQuery query) {
        EntityFilter filter = query.filter();
        if (filter.selectors().stream().noneMatch(selector -> selector.ids().isEmpty())) {
            return filter.selectors().stream()
                    .mapToLong(selector -> selector.ids().size())
                    .sum();
        }
        long size =
                listsOf(filter.selectors()).stream().mapToLong(EntityList::size).sum();
        // where columns leave many, the page is soon full
        boolean fewLooked = query.ordering().isById()
                && !query.count()
                && QueryPlan.of(filter).rulesOut();
        return fewLooked ? size / RULED_OUT : size;
    }

    private long countOfType(String type) {
        EntityList list = byType.get(type);
        return list == null ? 0 : list.size();
    }

    /** Entities in the order of their ids, among them all that can match. */
    private Iterator<StoredEntity> candidates(EntityFilter filter, QueryPlan plan) {
        if (filter.selectors().stream().noneMatch(selector -> selector.ids().isEmpty())) {
            Set<String> ids = new TreeSet<>();
            filter.selectors().forEach(selector -> ids.addAll(selector.ids()));
            return ids.stream().map(byId::get).filter(Objects::nonNull).iterator();
        }
        List<EntityList> lists = listsOf(filter.selectors());
        return switch (lists.size()) {
            case 0 -> Collections.emptyIterator();
            case 1 -> lists.getFirst().iterator(plan.on(lists.getFirst()));
            default ->
                new Merge(
                        lists.stream().map(list -> list.iterator(plan.on(list))).toList());
        };
    }

    private List<EntityList> listsOf(List<EntitySelector> selectors) {
        Set<String> types = new TreeSet<>();
        if (selectors.stream().anyMatch(selector -> selector.types().isAny())) {
            types.addAll(byType.keySet());
        } else {
            for (EntitySelector selector : selectors) {
                selector.types()
                        .alternatives()
                        .forEach(all -> types.add(all.iterator().next()));
            }
        }
        List<EntityList> lists = new ArrayList<>();
        for (String type : types) {
            EntityList list = byType.get(type);
            if (list != null && list.size() > 0) {
                lists.add(list);
            }
        }
        return lists;
    }

    /** Merges ordered lists into one in which every entity occurs once. */
    private static final class Merge implements Iterator<StoredEntity> {
        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        private record Head(StoredEntity entity, Iterator<StoredEntity> rest) implements Comparable<Head> {
            @Override
            public int compareTo(Head other) {
                return entity.id().compareTo(other.entity.id());
            }
        }

        Merge(List<Iterator<StoredEntity>> lists) {
            lists.forEach(this::push);
        }

        private void push(Iterator<StoredEntity> rest) {
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), rest));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public StoredEntity next() {
            Head first = heads.remove();
            push(first.rest);
            while (!heads.isEmpty() && heads.element().entity.id().equals(first.entity.id())) {
                push(heads.remove().rest);
            }
            return first.entity;
        }
    }

    Optional<byte[]> findDocument(String kind, String key) {
        return Optional.ofNullable(documents.get(kind + '\0' + key));
    }

    @Nullable
    HistoryHeader findAbsent(String id) {
        return absent.get(id);
    }

    void putAbsent(HistoryHeader header) {
        absent.put(header.id(), header);
    }

    void removeAbsent(String id) {
        absent.remove(id);
    }

    Optional<HistoryHeader> findHistory(String id) {
        StoredEntity stored = byId.get(id);
        return Optional.ofNullable(stored == null ? absent.get(id) : header(stored));
    }

    private static HistoryHeader header(StoredEntity stored) {
        PackedEntity packed = stored.packed();
        return new HistoryHeader(stored.id(), packed.types(), packed.createdAt(), packed.modifiedAt(), 0);
    }

    /** Those of a filter's selectors, in the order of their ids. */
    Iterator<HistoryHeader> histories(EntityFilter filter) {
        EntityFilter selectors = new EntityFilter(filter.selectors(), Set.of(), null, null, null, null);
        Iterator<StoredEntity> present = candidates(selectors, QueryPlan.of(selectors));
        return new MergedHistories(
                Stream.generate(() -> present)
                        .takeWhile(Iterator::hasNext)
                        .map(all -> header(all.next()))
                        .iterator(),
                absent.values().iterator(),
                header -> filter.selectors().stream()
                        .anyMatch(selector -> selector.matches(header.id(), header.types())));
    }

    boolean isEmpty() {
        return byId.isEmpty() && documents.isEmpty() && absent.isEmpty();
    }

    List<String> documentKinds() {
        return documents.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('\0')))
                .distinct()
                .toList();
    }

    List<String> documentKeys(String kind) {
        int prefix = kind.length() + 1;
        return documents.subMap(kind + '\0', kind + '\1').keySet().stream()
                .map(key -> key.substring(prefix))
                .toList();
    }

    void putDocument(String kind, String key, byte @Nullable [] content) {
        if (content == null) {
            documents.remove(kind + '\0' + key);
        } else {
            documents.put(kind + '\0' + key, content);
        }
    }
}
