package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.Samples;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program that {@link CrashTest} kills: each of its threads writes ever higher numbers into three entities of its own, all three in
 * one change-set, and prints a number when it was acknowledged.
 */
final class CrashWriter {
    static final int THREADS = 6;
    static final List<String> PARTS = List.of("left", "middle", "right");

    private CrashWriter() {}

    static String id(int thread, String part) {
        return "urn:ngsi-ld:Crash:" + thread + ":" + part;
    }

    public static void main(String[] arguments) {
        LocalStore store = LocalStore.open(Path.of(arguments[0]), 1024 * 1024, Clock.systemUTC());
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            Thread.ofPlatform().start(() -> write(store, number));
        }
    }

    private static void write(LocalStore store, int thread) {
        while (true) {
            List<Optional<StoredEntity>> before = PARTS.stream()
                    .map(part -> store.findEntity(Tenant.DEFAULT, id(thread, part)))
                    .toList();
            int next = before.getFirst().map(Samples::number).orElse(0) + 1;
            List<EntityWrite> writes = Stream.iterate(0, i -> i < PARTS.size(), i -> i + 1)
                    .map(i -> write(before.get(i), id(thread, PARTS.get(i)), next))
                    .toList();
            try {
                store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, writes));
            } catch (Problem e) {
                System.err.println(e.getMessage());
                return;
            }
            // one write call for each line, so that a kill cannot leave half of one
            System.out.println(thread + " " + next);
        }
    }

    private static EntityWrite write(Optional<StoredEntity> before, String id, int number) {
        var after = Samples.entity(id, "Crash", number);
        return before.map(b -> EntityWrite.replace(b, after)).orElse(EntityWrite.create(after));
    }
}
