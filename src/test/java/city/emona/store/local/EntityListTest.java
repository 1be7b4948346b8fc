package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.PackedEntity;
import city.emona.store.Samples;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EntityListTest {
    private static final long SEED = Long.getLong("tests.seed", System.nanoTime());

    private final EntityList list = new EntityList();

    private static StoredEntity entity(String id, long version) {
        return new StoredEntity(id, version, PackedEntity.pack(Samples.entity(id, "A", 1)));
    }

    private List<String> listed() {
        List<String> found = new ArrayList<>();
        list.iterator(BlockFilter.NONE).forEachRemaining(e -> found.add(e.id() + "@" + e.version()));
        return found;
    }

    @Test
    void keepsTheOrderOfIdsThroughRandomChanges() {
        System.out.println("tests.seed=" + SEED);
        Random random = new Random(SEED);
        TreeMap<String, Long> model = new TreeMap<>();
        for (long version = 1; version <= 20_000; version++) {
            String id = "urn:x:" + random.nextInt(3_000);
            if (random.nextInt(version > 15_000 ? 2 : 5) == 0) {
                list.remove(id);
                model.remove(id);
            } else {
                list.put(entity(id, version));
                model.put(id, version);
            }
            assertThat(list.size()).isEqualTo(model.size());
            if (version % 2_000 == 0) {
                assertThat(listed())
                        .containsExactlyElementsOf(model.entrySet().stream()
                                .map(e -> e.getKey() + "@" + e.getValue())
                                .toList());
            }
        }
        model.keySet().forEach(list::remove);
        assertThat(listed()).isEmpty();
    }

    @Test
    void showsReadersEveryEntityThatStaysAndNoneTwiceWhileOthersComeAndGo() throws InterruptedException {
        System.out.println("tests.seed=" + SEED);
        for (int i = 0; i < 2_000; i += 2) {
            list.put(entity("urn:x:%04d".formatted(i), 1));
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> fault = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                int stayed = 0;
                String last = "";
                for (Iterator<StoredEntity> all = list.iterator(BlockFilter.NONE); all.hasNext(); ) {
                    StoredEntity entity = all.next();
                    if (entity.id().compareTo(last) <= 0) {
                        fault.set(entity.id() + " after " + last);
                    }
                    last = entity.id();
                    stayed += (last.charAt(last.length() - 1) - '0') % 2 == 0 ? 1 : 0;
                }
                if (stayed != 1_000) {
                    fault.set(stayed + " of 1,000");
                }
            }
        });
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            int number = random.nextInt(2_000);
            String id = "urn:x:%04d".formatted(number);
            if (number % 2 == 1 && random.nextBoolean()) {
                list.remove(id);
            } else {
                list.put(entity(id, i));
            }
        }
        stop.set(true);
        reader.join();
        assertThat(fault.get()).isEmpty();
    }
}
