package city.emona.store;

import static city.emona.store.Samples.entity;
import static city.emona.store.Samples.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.Entity;
import city.emona.context.TermTable;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.query.TextPattern;
import city.emona.query.TypeSelection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store does, run against each implementation. */
public abstract class ContextStoreContract {
    private static final String A = "urn:ngsi-ld:A:";
    private static final String TYPE_A = TermTable.core().expand("A");
    private static final String TYPE_B = TermTable.core().expand("B");
    private static final Tenant OTHER = new Tenant("other");

    /** The store under test, open. */
    protected abstract ContextStore store();

    /** Closes the store and opens it again. */
    protected abstract void reopen();

    /** Lets the store's clock stand at a time. */
    protected abstract void setTime(long epochMillis);

    private void commit(EntityWrite... writes) {
        store().commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(writes)));
    }

    private StoredEntity get(String id) {
        return store().findEntity(Tenant.DEFAULT, id).orElseThrow();
    }

    @Test
    void givesBackWhatWasCommitted() {
        Entity entity = entity(A + 1, "A", 7);

        commit(EntityWrite.create(entity));

        assertThat(get(A + 1).entity()).isEqualTo(entity);
        reopen();
        assertThat(get(A + 1).entity()).isEqualTo(entity);
    }

    @Test
    void keepsVersionsGrowingAcrossARestart() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));
        long first = get(A + 1).version();
        reopen();
        assertThat(get(A + 1).version()).isEqualTo(first);

        commit(EntityWrite.replace(get(A + 1), entity(A + 1, "A", 2)));

        assertThat(get(A + 1).version()).isGreaterThan(first);
    }

    @Test
    void refusesToCreateWhatExists() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));

        assertThatThrownBy(() -> commit(EntityWrite.create(entity(A + 1, "A", 2))))
                .isInstanceOf(VersionConflictException.class);

        assertThat(number(get(A + 1))).isEqualTo(1);
    }

    @Test
    void changesNothingWhenOneWriteOfAChangeSetConflicts() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));
        StoredEntity stale = get(A + 1);
        commit(EntityWrite.replace(stale, entity(A + 1, "A", 2)));

        assertThatThrownBy(() -> commit(
                        EntityWrite.create(entity(A + 2, "A", 1)), EntityWrite.replace(stale, entity(A + 1, "A", 3))))
                .isInstanceOf(VersionConflictException.class);

        assertThat(number(get(A + 1))).isEqualTo(2);
        assertThat(store().findEntity(Tenant.DEFAULT, A + 2)).isEmpty();
        reopen();
        assertThat(number(get(A + 1))).isEqualTo(2);
        assertThat(store().findEntity(Tenant.DEFAULT, A + 2)).isEmpty();
    }

    @Test
    void forgetsWhatWasDeleted() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));

        commit(EntityWrite.delete(get(A + 1)));

        assertThat(store().findEntity(Tenant.DEFAULT, A + 1)).isEmpty();
        assertThat(query(EntityQuery.ofType(TYPE_A))).isEmpty();
        reopen();
        assertThat(store().findEntity(Tenant.DEFAULT, A + 1)).isEmpty();
    }

    @Test
    void queriesByTypeInTheOrderOfIds() {
        commit(
                EntityWrite.create(entity(A + 3, "A", 3)),
                EntityWrite.create(entity(A + 1, "A", 1)),
                EntityWrite.create(entity("urn:ngsi-ld:B:1", "B", 1)),
                EntityWrite.create(entity(A + 2, "A", 2)));

        assertThat(query(EntityQuery.ofType(TYPE_A))).containsExactly(A + 1, A + 2, A + 3);
        assertThat(query(EntityQuery.ofType(TYPE_A).withLimit(1).withOffset(1))).containsExactly(A + 2);
        TypeSelection both = new TypeSelection(List.of(Set.of(TYPE_A), Set.of(TYPE_B)));
        assertThat(query(select(both, List.of(), null))).containsExactly(A + 1, A + 2, A + 3, "urn:ngsi-ld:B:1");
        assertThat(query(EntityQuery.of(EntityFilter.of(EntitySelector.ANY)))).hasSize(4);
    }

    @Test
    void countsAllMatchesAndSaysWhetherMoreFollow() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)), EntityWrite.create(entity(A + 2, "A", 2)));

        EntityPage page = store().queryEntities(
                        Tenant.DEFAULT, EntityQuery.ofType(TYPE_A).withLimit(1).withCount());

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.more()).isTrue();
        assertThat(store().queryEntities(
                                Tenant.DEFAULT, EntityQuery.ofType(TYPE_A).withLimit(2))
                        .more())
                .isFalse();
    }

    @Test
    void queriesByIdPatternAndAttribute() {
        commit(EntityWrite.create(entity(A + "x1", "A", 1)), EntityWrite.create(entity(A + "y1", "A", 2)));
        TypeSelection any = TypeSelection.ANY;
        String n = TermTable.core().expand("n");

        assertThat(query(select(any, List.of(), TextPattern.parse("x\\d$", "The pattern"))))
                .containsExactly(A + "x1");
        assertThat(query(select(any, List.of(A + "y1", A + "z1"), null))).containsExactly(A + "y1");
        assertThat(query(EntityQuery.of(EntityFilter.of(EntitySelector.ANY).withAttributes(Set.of(n)))))
                .hasSize(2);
        assertThat(query(EntityQuery.of(EntityFilter.of(EntitySelector.ANY).withAttributes(Set.of(n + "x")))))
                .isEmpty();
    }

    @Test
    void movesAnEntityWhoseTypeChanged() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));

        commit(EntityWrite.replace(get(A + 1), entity(A + 1, "B", 1)));

        assertThat(query(EntityQuery.ofType(TYPE_A))).isEmpty();
        assertThat(query(EntityQuery.ofType(TYPE_B))).containsExactly(A + 1);
    }

    @Test
    void hidesAnEntityThatExpiredAndMakesRoomForANewOne() {
        commit(EntityWrite.create(entity(A + 1, "A", 1).withExpiresAt(2_000_000_000_000L)));
        setTime(1_999_999_999_999L);
        assertThat(query(EntityQuery.ofType(TYPE_A).withCount())).hasSize(1);

        setTime(2_000_000_000_000L);

        assertThat(store().findEntity(Tenant.DEFAULT, A + 1)).isEmpty();
        assertThat(store().queryEntities(
                                Tenant.DEFAULT, EntityQuery.ofType(TYPE_A).withCount())
                        .total())
                .isZero();
        commit(EntityWrite.create(entity(A + 1, "A", 2)));
        assertThat(number(get(A + 1))).isEqualTo(2);
    }

    @Test
    void sealsTenantsFromEachOther() {
        commit(EntityWrite.create(entity(A + 1, "A", 1)));
        assertThat(store().hasTenant(OTHER)).isFalse();

        store().commit(new ChangeSet(
                OTHER,
                List.of(EntityWrite.create(entity(A + 1, "A", 2))),
                List.of(new DocumentWrite("kind", "key", new byte[] {1}))));

        reopen();
        assertThat(number(get(A + 1))).isEqualTo(1);
        assertThat(number(store().findEntity(OTHER, A + 1).orElseThrow())).isEqualTo(2);
        assertThat(store().listTenants()).containsExactly(Tenant.DEFAULT, OTHER);
        assertThat(store().findDocument(Tenant.DEFAULT, "kind", "key")).isEmpty();
    }

    @Test
    void keepsDocuments() {
        byte[] content = "vsebina".getBytes(StandardCharsets.UTF_8);
        store().commit(new ChangeSet(
                Tenant.DEFAULT,
                List.of(),
                List.of(new DocumentWrite("context", "b", content), new DocumentWrite("context", "a", content))));

        reopen();

        assertThat(store().findDocument(Tenant.DEFAULT, "context", "a")).contains(content);
        assertThat(store().listDocuments(Tenant.DEFAULT, "context")).containsExactly("a", "b");
        assertThat(store().listDocuments(Tenant.DEFAULT, "contex")).isEmpty();
        store().commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(new DocumentWrite("context", "a", null))));
        assertThat(store().listDocuments(Tenant.DEFAULT, "context")).containsExactly("b");
    }

    @Test
    void tellsListenersEveryChangeInOrderAfterItCanBeRead() {
        List<String> told = new CopyOnWriteArrayList<>();
        store().onCommit(changes ->
                changes.forEach(change -> told.add((change.before() == null ? "-" : "" + number(change.before()))
                        + ">"
                        + (change.after() == null ? "-" : "" + number(change.after()))
                        + (store().findEntity(change.tenant(), change.id()).isPresent() ? "!" : ""))));

        commit(EntityWrite.create(entity(A + 1, "A", 1)));
        commit(EntityWrite.replace(get(A + 1), entity(A + 1, "A", 2)));
        commit(EntityWrite.delete(get(A + 1)));
        store().close();

        assertThat(told).containsExactly("->1!", "1>2!", "2>-");
    }

    @Test
    void losesNoUpdateWhenManyThreadsChangeOneEntity() throws InterruptedException {
        commit(EntityWrite.create(entity(A + 1, "A", 0)));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 25; i++) {
                    increment(A + 1);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(number(get(A + 1))).isEqualTo(200);
    }

    private void increment(String id) {
        while (true) {
            StoredEntity before = get(id);
            try {
                commit(EntityWrite.replace(before, entity(id, "A", number(before) + 1)));
                return;
            } catch (VersionConflictException e) {
                // another thread was first: read again
            }
        }
    }

    private static EntityQuery select(TypeSelection types, List<String> ids, @Nullable TextPattern idPattern) {
        return EntityQuery.of(EntityFilter.of(new EntitySelector(types, Set.copyOf(ids), idPattern)));
    }

    private List<String> query(EntityQuery query) {
        return store().queryEntities(Tenant.DEFAULT, query).stored().stream()
                .map(StoredEntity::id)
                .toList();
    }
}
