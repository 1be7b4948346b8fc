package city.emona.store;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.context.RandomEntities;
import city.emona.query.EntityFilter;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store says of the types and attributes that it holds, run against each implementation. */
public abstract class InventoryContract {
    private static final long BEFORE_EXPIRY = 1_700_000_000_000L;

    /** When the generated entities and attributes that expire do so. */
    private static final long EXPIRY = 4_102_444_800_000L;

    private final long seed = System.nanoTime();

    /** The store under test, open. */
    protected abstract ContextStore store();

    /** Closes the store and opens it again. */
    protected abstract void reopen();

    /** Lets the store's clock stand at a time. */
    protected abstract void setTime(long epochMillis);

    private List<Entity> visible() {
        return store().queryEntities(
                        Tenant.DEFAULT,
                        EntityQuery.of(EntityFilter.of(EntitySelector.ANY)).withLimit(1_000))
                .entities();
    }

    private static Inventory counted(List<Entity> entities) {
        SortedMap<String, Inventory.OfType> types = new TreeMap<>();
        SortedMap<String, Long> instances = new TreeMap<>();
        for (Entity entity : entities) {
            for (String type : entity.types()) {
                Inventory.OfType before = types.getOrDefault(type, new Inventory.OfType(0, new TreeMap<>()));
                for (Attribute attribute : entity.attributes()) {
                    Set<AttributeType> kinds = before.attributes()
                            .computeIfAbsent(attribute.name(), _ -> EnumSet.noneOf(AttributeType.class));
                    attribute.instances().stream().map(AttributeInstance::type).forEach(kinds::add);
                }
                types.put(type, new Inventory.OfType(before.entities() + 1, before.attributes()));
            }
            entity.attributes()
                    .forEach(a -> instances.merge(a.name(), (long) a.instances().size(), Long::sum));
        }
        return new Inventory(types, instances);
    }

    @Test
    void countsWhatCanBeSeenThroughChangesExpiryAndRestart() {
        Random random = new Random(seed);
        RandomEntities entities = new RandomEntities(seed);
        setTime(BEFORE_EXPIRY);
        for (int i = 0; i < 400; i++) {
            change(random, entities, "urn:x:" + random.nextInt(60));
            if (i % 40 == 0) {
                agrees("step " + i);
            }
        }
        agrees("before the restart");
        reopen();
        setTime(BEFORE_EXPIRY);
        agrees("after the restart");
        setTime(EXPIRY);
        agrees("when all that expires has expired");
        for (int i = 0; i < 60; i++) {
            change(random, entities, "urn:x:" + i);
        }
        agrees("when expired entities were written again");
    }

    private void change(Random random, RandomEntities entities, String id) {
        Optional<StoredEntity> present = store().findEntity(Tenant.DEFAULT, id);
        EntityWrite write = present.isEmpty()
                ? EntityWrite.create(entities.next(id))
                : random.nextInt(3) == 0
                        ? EntityWrite.delete(present.get())
                        : EntityWrite.replace(present.get(), entities.next(id));
        store().commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(write)));
    }

    private void agrees(String when) {
        assertThat(store().inventory(Tenant.DEFAULT))
                .as("%s, seed %s", when, seed)
                .isEqualTo(counted(visible()));
    }

    @Test
    void isEmptyWhereNothingIsLeft() {
        Entity entity = new RandomEntities(seed).next("urn:x:1");
        store().commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity))));
        StoredEntity stored = store().findEntity(Tenant.DEFAULT, "urn:x:1").orElseThrow();

        store().commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.delete(stored))));

        assertThat(store().inventory(Tenant.DEFAULT)).isEqualTo(Inventory.EMPTY);
        assertThat(store().inventory(new Tenant("nobody")).types()).isEqualTo(Map.of());
    }
}
