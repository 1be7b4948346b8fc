package city.emona.store.local;

import static city.emona.store.Samples.entity;
import static city.emona.store.Samples.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.ContextStoreContract;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ContextStoreContract {
    private static final long RESERVE = 1024 * 1024;
    private static final String ID = "urn:ngsi-ld:A:1";

    private final AtomicLong time = new AtomicLong(1_700_000_000_000L);
    private final Clock clock = new TestClock();

    @TempDir
    Path folder;

    private LocalStore store;

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.get());
        }
    }

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, RESERVE, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ContextStore store() {
        return store;
    }

    @Override
    protected void reopen() {
        store.close();
        open();
    }

    @Override
    protected void setTime(long epochMillis) {
        time.set(epochMillis);
    }

    private void createOne() {
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity(ID, "A", 1)))));
    }

    @Test
    void refusesAFolderThatAnotherHasOpen() {
        assertThatThrownBy(() -> LocalStore.open(folder, RESERVE, clock))
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("in use by another process (pid "
                        + ProcessHandle.current().pid() + ")")
                .hasMessageContaining("Stop that one");
    }

    @Test
    void refusesAFolderOfANewerVersion() throws IOException {
        store.close();
        Files.writeString(folder.resolve("FORMAT"), "{\"format\":99}");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("has format 99")
                .hasMessageContaining("newer version");

        Files.writeString(folder.resolve("FORMAT"), "{\"format\":1}");
        open();
    }

    @Test
    void refusesAFolderWhoseFormatIsUnreadableOrGone() throws IOException {
        store.close();
        Files.writeString(folder.resolve("FORMAT"), "garbage");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("Restore the folder from a backup");

        Files.delete(folder.resolve("FORMAT"));
        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class).hasMessageContaining("FORMAT is missing");

        Files.writeString(folder.resolve("FORMAT"), "{\"format\":1}");
        open();
    }

    @Test
    void refusesDamagedFilesAndLeavesThemAsTheyAre() throws IOException {
        createOne();
        store.close();
        open();
        store.close();
        Path current = folder.resolve("store").resolve("CURRENT");
        byte[] before = Files.readAllBytes(current);
        Files.delete(current);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");

        Files.write(current, before);
        open();
        assertThat(number(store.findEntity(Tenant.DEFAULT, ID).orElseThrow())).isEqualTo(1);
    }

    @Test
    void refusesDataWithAFlippedByte() throws IOException {
        createMany();
        store.close();
        List<Path> tables = files("sst");
        assertThat(tables).isNotEmpty();
        flipMiddle(tables);

        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class).hasMessageContaining("damaged");

        flipMiddle(tables);
        open();
        assertThat(store.countEntities(Tenant.DEFAULT)).isEqualTo(200);
    }

    @Test
    void refusesALogOfWritesWithAFlippedByte() throws IOException {
        createMany();
        Map<Path, byte[]> running = new HashMap<>();
        for (String ending : List.of("log", "sst")) {
            for (Path file : files(ending)) {
                running.put(file, Files.readAllBytes(file));
            }
        }
        Path manifest = manifest();
        running.put(manifest, Files.readAllBytes(manifest));
        Path current = folder.resolve("store/CURRENT");
        running.put(current, Files.readAllBytes(current));
        store.close();
        for (Map.Entry<Path, byte[]> file : running.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        Path log = files("log").getFirst();
        flipMiddle(List.of(log));

        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class).hasMessageContaining("damaged");

        flipMiddle(List.of(log));
        open();
        assertThat(store.countEntities(Tenant.DEFAULT)).isEqualTo(200);
    }

    private Path manifest() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void createMany() {
        for (int i = 0; i < 200; i++) {
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.create(entity("urn:ngsi-ld:A:" + i, "A", i)))));
        }
    }

    private static void flipMiddle(List<Path> files) throws IOException {
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.filter(f -> f.toString().endsWith("." + ending))
                    .sorted(Comparator.comparingLong((Path f) -> f.toFile().length())
                            .reversed())
                    .toList();
        }
    }

    @Test
    void upgradesAnOlderFolderStepByStepAndTakesUpAStepThatWasCutShort() throws IOException {
        createOne();
        store.close();
        List<String> ran = new ArrayList<>();
        int format = LocalStore.UPGRADES.size() + 1;
        List<FormatUpgrade> steps = new ArrayList<>(LocalStore.UPGRADES);
        steps.add(new FormatUpgrade(format, "first", files -> ran.add("first")));
        steps.add(new FormatUpgrade(format + 1, "second", files -> {
            ran.add("second");
            throw new IllegalStateException("the power failed");
        }));
        assertThatThrownBy(() -> LocalStore.open(folder, RESERVE, clock, steps)).hasMessage("the power failed");
        assertThat(Files.readString(folder.resolve("FORMAT"))).contains(Integer.toString(format + 1));

        steps.removeLast();
        steps.add(new FormatUpgrade(format + 1, "second", files -> ran.add("second again")));
        try (LocalStore upgraded = LocalStore.open(folder, RESERVE, clock, steps)) {
            assertThat(ran).containsExactly("first", "second", "second again");
            assertThat(number(upgraded.findEntity(Tenant.DEFAULT, ID).orElseThrow()))
                    .isEqualTo(1);
        }
        try (LocalStore again = LocalStore.open(folder, RESERVE, clock, steps)) {
            assertThat(ran).hasSize(3);
            assertThat(again.countEntities(Tenant.DEFAULT)).isEqualTo(1);
        }
        assertThatThrownBy(this::open).hasMessageContaining("has format " + (format + 2));
        Files.writeString(folder.resolve("FORMAT"), "{\"format\":" + format + "}");
        open();
    }

    @Test
    void finishesWhatWasAcceptedWhenItIsClosed() throws InterruptedException {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 8; w++) {
            String writer = "w" + w + ":";
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; ; i++) {
                    String id = "urn:ngsi-ld:A:" + writer + i;
                    try {
                        store.commit(
                                ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity(id, "A", i)))));
                    } catch (Problem closed) {
                        return;
                    }
                    acknowledged.add(id);
                }
            }));
        }
        while (acknowledged.size() < 200) {
            Thread.onSpinWait();
        }
        store.close();
        for (Thread writer : writers) {
            writer.join();
        }

        open();

        assertThat(acknowledged)
                .allSatisfy(
                        id -> assertThat(store.findEntity(Tenant.DEFAULT, id)).isPresent());
    }
}
