package city.emona.store.local;

import static city.emona.store.Samples.entity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ChangeSet;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a real disk, a small one in memory that the test mounts; skipped where mounting is not allowed. */
class FullDiskTest {
    @TempDir
    Path folder;

    @BeforeEach
    void mountSmallDisk() throws IOException, InterruptedException {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=128m", "none", folder.toString()) == 0,
                "skipped: mounting a small disk is not allowed here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String id(int number) {
        return "urn:ngsi-ld:A:" + number;
    }

    private static void create(LocalStore store, int number) {
        store.commit(
                ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(entity(id(number), "A", number)))));
    }

    private static Problem refusal(LocalStore store, int number) {
        try {
            create(store, number);
        } catch (Problem e) {
            return e;
        }
        throw new AssertionError("the write was accepted");
    }

    @Test
    void refusesWritersServesReadersAndResumesWhenTheReserveIsReached() throws IOException {
        Path ballast = folder.resolve("ballast");
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 16 * 1024 * 1024, Clock.systemUTC())) {
            create(store, 1);
            fillUpTo(ballast, 8 * 1024 * 1024);
            awaitRefusal(store, 2);

            Problem refused = refusal(store, 2);

            assertThat(refused.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE);
            assertThat(refused.remedy()).contains("Free some space").contains("resumes by itself");
            assertThat(store.findEntity(Tenant.DEFAULT, id(1))).isPresent();
            assertThat(store.findEntity(Tenant.DEFAULT, id(2))).isEmpty();
            assertThat(store.health().writable()).isFalse();

            Files.delete(ballast);
            awaitAcceptance(store, 3);
            assertThat(store.health().writable()).isTrue();
        }
        assertDurable(1, 3);
    }

    @Test
    void resumesWithNothingLostAfterTheDiskRefusedAWrite() throws IOException {
        Path ballast = folder.resolve("ballast");
        int last = 0;
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 0, Clock.systemUTC())) {
            create(store, ++last);
            fillUpTo(ballast, 200 * 1024);
            Problem refused = null;
            while (refused == null) {
                try {
                    create(store, last + 1);
                    last++;
                } catch (Problem e) {
                    refused = e;
                }
            }

            assertThat(refused.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE);
            assertThat(store.findEntity(Tenant.DEFAULT, id(last))).isPresent();

            Files.delete(ballast);
            awaitAcceptance(store, 1_000_000);
            assertThat(store.countEntities(Tenant.DEFAULT)).isEqualTo(last + 1L);
        }
        assertDurable(1, last);
        assertDurable(1_000_000, 1_000_000);
    }

    private void fillUpTo(Path ballast, int bytesLeft) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        Files.write(ballast, new byte[(int) (room - bytesLeft)]);
    }

    private static void awaitRefusal(LocalStore store, int number) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.health().writable()) {
            assertThat(System.nanoTime()).as("the store notices the full disk").isLessThan(deadline);
            try {
                create(store, number);
                var created = store.findEntity(Tenant.DEFAULT, id(number)).orElseThrow();
                store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.delete(created))));
            } catch (Problem e) {
                assertThat(e.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE);
            }
        }
    }

    private static void awaitAcceptance(LocalStore store, int number) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                create(store, number);
                return;
            } catch (Problem e) {
                assertThat(System.nanoTime()).as("writing resumes").isLessThan(deadline);
            }
        }
    }

    private void assertDurable(int first, int last) {
        try (LocalStore store = LocalStore.open(folder.resolve("data"), 0, Clock.systemUTC())) {
            assertThat(store.findEntity(Tenant.DEFAULT, id(first))).isPresent();
            assertThat(store.findEntity(Tenant.DEFAULT, id(last))).isPresent();
        }
    }
}
