package city.emona.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.Samples;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.store.local.StoreOpenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final int WRITERS = 3;
    private static final int WRITES_BEFORE = 200;

    @TempDir
    Path folder;

    private Path data;
    private Path backup;

    @BeforeEach
    void names() {
        data = folder.resolve("data");
        backup = folder.resolve("backup");
    }

    private static ContextStore open(Path path) {
        return LocalStore.open(path, 1024 * 1024, Clock.systemUTC());
    }

    private BackupWriter writer(ContextStore store) {
        return new BackupWriter(data, store, "test", Clock.systemUTC());
    }

    /** Writes two entities and a document that hold one number, each time a greater one, until it is told to stop. */
    private static final class Writer extends Thread {
        private final ContextStore store;
        private final int number;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final CountDownLatch started = new CountDownLatch(WRITES_BEFORE);
        private volatile boolean stop;

        Writer(ContextStore store, int number) {
            this.store = store;
            this.number = number;
        }

        @Override
        public void run() {
            for (int i = 1; !stop; i++) {
                store.commit(new ChangeSet(
                        Tenant.DEFAULT,
                        List.of(write("a", i), write("b", i)),
                        List.of(new DocumentWrite("number", "w" + number, bytes(i)))));
                acknowledged.set(i);
                started.countDown();
            }
        }

        private EntityWrite write(String part, int i) {
            String id = id(number, part);
            return store.findEntity(Tenant.DEFAULT, id)
                    .map(before -> EntityWrite.replace(before, Samples.entity(id, "T", i)))
                    .orElseGet(() -> EntityWrite.create(Samples.entity(id, "T", i)));
        }

        static String id(int number, String part) {
            return "urn:w" + number + ":" + part;
        }

        private static byte[] bytes(int i) {
            return Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void holdsEveryAcknowledgedWriteAndNoneByHalf() throws InterruptedException {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        try (ContextStore store = open(data)) {
            List<Writer> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Writer one = new Writer(store, i);
                writers.add(one);
                one.start();
            }
            for (Writer one : writers) {
                one.started.await();
            }
            writers.forEach(one -> before.add(one.acknowledged.get()));
            writer(store).write(backup, true, Progress.NONE);
            writers.forEach(one -> after.add(one.acknowledged.get() + 1));
            for (Writer one : writers) {
                one.stop = true;
                one.join();
            }
        }
        Path restored = folder.resolve("restored");
        Manifest.Facts facts = new BackupReader(backup).restore(restored, Progress.NONE);

        assertThat(facts.entities()).isEqualTo(2L * WRITERS);
        try (ContextStore store = open(restored)) {
            assertThat(store.logEnd()).isGreaterThanOrEqualTo(facts.position());
            for (int i = 0; i < WRITERS; i++) {
                int a = number(store, Writer.id(i, "a"));
                assertThat(a).isBetween(before.get(i), after.get(i));
                assertThat(number(store, Writer.id(i, "b"))).isEqualTo(a);
                assertThat(store.findDocument(Tenant.DEFAULT, "number", "w" + i))
                        .hasValue(Writer.bytes(a));
            }
        }
    }

    private static int number(ContextStore store, String id) {
        return Samples.number(store.findEntity(Tenant.DEFAULT, id).orElseThrow());
    }

    /** A store with an entity, backed up with what lies beside it. */
    private void makeBackup(boolean secrets) throws IOException {
        Files.createDirectories(data.resolve("secrets/parking"));
        Files.writeString(data.resolve("secrets/parking/key"), "hush");
        Files.createDirectories(data.resolve("inbox/air/readings"));
        Files.writeString(data.resolve("inbox/air/readings/today.csv"), "1;2");
        try (ContextStore store = open(data)) {
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:x:1", "T", 7)))));
            writer(store).write(backup, secrets, Progress.NONE);
            // what is set aside for the copy goes again
            assertThat(data.toFile().list()).containsExactlyInAnyOrder("FORMAT", "LOCK", "inbox", "secrets", "store");
        }
    }

    @Test
    void holdsWhatLiesBesideTheStoreForItsOwnerAlone() throws IOException {
        makeBackup(true);
        Path restored = folder.resolve("restored");
        new BackupReader(backup).restore(restored, Progress.NONE);

        assertThat(restored.resolve("secrets/parking/key")).hasContent("hush");
        assertThat(restored.resolve("inbox/air/readings/today.csv")).hasContent("1;2");
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(restored.resolve("secrets")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(new BackupReader(backup).verify(Progress.NONE)).isEmpty();
    }

    @Test
    void leavesSecretsOutOnRequest() throws IOException {
        makeBackup(false);

        assertThat(backup.resolve("data/secrets")).doesNotExist();
        assertThat(backup.resolve("data/inbox")).exists();
    }

    @Test
    void findsAnyFlippedByteAndRestoresNothingOfIt() throws IOException {
        makeBackup(true);
        long seed = Long.getLong("emona.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (Path file : FileTrees.files(backup)) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                continue;
            }
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);

            assertThat(isWhole()).as("with a flipped byte in " + file).isFalse();
            Path restored = folder.resolve("restored");
            assertThatThrownBy(() -> new BackupReader(backup).restore(restored, Progress.NONE))
                    .as("with a flipped byte in " + file)
                    .isInstanceOf(Problem.class);
            assertThat(restored)
                    .satisfiesAnyOf(
                            r -> assertThat(r).doesNotExist(),
                            r -> assertThat(r).isEmptyDirectory());
            Files.write(file, bytes);
        }
        assertThat(isWhole()).isTrue();
    }

    private boolean isWhole() {
        try {
            return new BackupReader(backup).verify(Progress.NONE).isEmpty();
        } catch (Problem e) {
            return false;
        }
    }

    @Test
    void noticesFilesThatAreMissingOrForeign() throws IOException {
        makeBackup(true);
        Files.delete(backup.resolve("data/secrets/parking/key"));
        Files.writeString(backup.resolve("data/inbox/other.csv"), "");

        assertThat(new BackupReader(backup).verify(Progress.NONE))
                .containsExactly(
                        "The file data/secrets/parking/key is missing.",
                        "The file data/inbox/other.csv does not belong to the backup.");
    }

    @Test
    void knowsABackupThatWasBrokenOff() {
        try (ContextStore store = open(data)) {
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(Samples.entity("urn:x:1", "T", 7)))));
            Progress breaking = (_, _) -> {
                throw new CancellationException();
            };
            assertThatThrownBy(() -> writer(store).write(backup, true, breaking))
                    .isInstanceOf(CancellationException.class);
        }
        Path restored = folder.resolve("restored");

        assertThatThrownBy(() -> new BackupReader(backup).restore(restored, Progress.NONE))
                .hasMessageContaining("was broken off before it was whole");
        assertThat(restored).doesNotExist();
    }

    @Test
    void overwritesNothing() throws IOException {
        makeBackup(true);

        assertThatThrownBy(() -> new BackupReader(backup).restore(data, Progress.NONE))
                .hasMessageContaining("is not an empty folder");
        try (ContextStore store = open(data)) {
            assertThatThrownBy(() -> writer(store).write(backup, true, Progress.NONE))
                    .hasMessageContaining("is not empty");
        }
    }

    @Test
    void refusesToOpenAFolderThatIsNotWhollyRestored() throws IOException {
        makeBackup(true);
        Path restored = folder.resolve("restored");
        new BackupReader(backup).restore(restored, Progress.NONE);
        // put in place last
        Files.delete(restored.resolve("FORMAT"));

        assertThatThrownBy(() -> open(restored)).isInstanceOf(StoreOpenException.class);
    }

    @Test
    void removesAtTheNextStartWhatAnEndedProcessSetAside() throws IOException {
        open(data).close();
        Files.createDirectories(data.resolve("checkpoint-1/store"));
        Files.writeString(data.resolve("checkpoint-1/store/CURRENT"), "");
        open(data).close();

        assertThat(data.resolve("checkpoint-1")).doesNotExist();
    }

    @Test
    void takesOrdersOnlyFromWhoCanWriteToTheFolder() throws IOException {
        try (ContextStore store = open(data);
                Backups backups = new Backups(writer(store))) {
            Files.createDirectories(backup);
            Files.writeString(backup.resolve(Manifest.UNFINISHED), "proof\n");

            assertThatThrownBy(() -> backups.order(backup, "other", true)).hasMessageContaining("proof of the order");
            assertThatThrownBy(() -> backups.order(folder.resolve("elsewhere"), "proof", true))
                    .hasMessageContaining("proof of the order");
            assertThat(backups.order(backup, "proof", true).state()).isEqualTo(BackupRun.State.RUNNING);
        }
    }
}
