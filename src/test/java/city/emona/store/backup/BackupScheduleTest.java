package city.emona.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.MovableClock;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import city.emona.vertical.source.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScheduleTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    @Test
    void makesABackupWhenOneIsDueAndKeepsTheNewest() throws Exception {
        MovableClock clock = new MovableClock();
        Path data = folder.resolve("data");
        BackupShelf shelf = new BackupShelf(folder.resolve("shelf"), 2);
        try (ContextStore store = LocalStore.open(data, 0, Clock.systemUTC());
                Backups backups = new Backups(new BackupWriter(data, store, "test", clock));
                BackupSchedule schedule = new BackupSchedule(backups, shelf, DAY, clock)) {
            assertThat(schedule.state()).isEqualTo(new BackupState(DAY.toMillis(), 0, 0, false, ""));
            for (int day = 0; day < 4; day++) {
                assertThat(schedule.makeIfDue()).isTrue();
                int made = day + 1;
                Wait.until(() -> backups.list().size() == made
                        && backups.list().getLast().state() == BackupRun.State.DONE);
                assertThat(schedule.makeIfDue()).isFalse();
                clock.forward(DAY);
            }

            List<Path> kept = shelf.list();
            assertThat(kept).hasSize(2);
            assertThat(schedule.state().kept()).isEqualTo(2);
            assertThat(schedule.state().lastAt()).isEqualTo(clock.millis() - DAY.toMillis());
            assertThat(new BackupReader(kept.getFirst()).verify(Progress.NONE)).isEmpty();
            assertThat(schedule.state().overdue()).isFalse();
            clock.forward(DAY);
            assertThat(schedule.state().overdue()).isTrue();
        }
    }

    @Test
    void tellsOfAFailureAndTriesAgainLater() throws Exception {
        MovableClock clock = new MovableClock();
        Path data = folder.resolve("data");
        // a file stands where the folder should be
        Path shelf = Files.createFile(folder.resolve("shelf"));
        try (ContextStore store = LocalStore.open(data, 0, Clock.systemUTC());
                Backups backups = new Backups(new BackupWriter(data, store, "test", clock));
                BackupSchedule schedule = new BackupSchedule(backups, new BackupShelf(shelf, 2), DAY, clock)) {
            assertThat(schedule.makeIfDue()).isTrue();
            Wait.until(() -> backups.list().getLast().state() == BackupRun.State.FAILED);

            assertThat(schedule.state().failure()).contains("could not be finished");
            assertThat(schedule.state().overdue()).isTrue();
            assertThat(schedule.makeIfDue()).isFalse();
            clock.forward(Duration.ofMinutes(11));
            assertThat(schedule.makeIfDue()).isTrue();
        }
    }

    @Test
    void removesOnlyWhatItMade() throws IOException {
        BackupShelf shelf = new BackupShelf(folder, 1);
        for (String name : List.of("emona-20260101T000000.000Z", "emona-20260102T000000.000Z", "of-others")) {
            Files.createDirectory(folder.resolve(name));
            Files.createFile(folder.resolve(name).resolve(Manifest.SUMS));
        }
        Path broken = Files.createDirectory(folder.resolve("emona-20260101T120000.000Z"));
        Path underWay = Files.createDirectory(folder.resolve("emona-20260103T000000.000Z"));
        shelf.prune();

        assertThat(folder.resolve("emona-20260101T000000.000Z")).doesNotExist();
        assertThat(broken).doesNotExist();
        assertThat(folder.resolve("emona-20260102T000000.000Z")).exists();
        assertThat(underWay).exists();
        assertThat(folder.resolve("of-others")).exists();
    }
}
