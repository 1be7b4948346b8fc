package city.emona.app;

import city.emona.config.Configuration;
import city.emona.store.backup.BackupRun;
import city.emona.store.backup.BackupSchedule;
import city.emona.store.backup.BackupShelf;
import city.emona.store.backup.Backups;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The backups that the configuration asks for, and what of them is counted. */
final class BackupDuty {
    private BackupDuty() {}

    /** Makes the schedule, which does nothing before it is started. */
    static BackupSchedule schedule(Configuration configuration, Backups backups, Clock clock) {
        return new BackupSchedule(backups, shelf(configuration), every(configuration), clock);
    }

    /** Has the schedule follow another configuration. */
    static void change(BackupSchedule schedule, Configuration configuration) {
        schedule.change(shelf(configuration), every(configuration));
    }

    private static @Nullable BackupShelf shelf(Configuration configuration) {
        String folder = configuration.get(Settings.BACKUP_FOLDER);
        return folder.isEmpty()
                ? null
                : new BackupShelf(Path.of(folder).toAbsolutePath(), configuration.get(Settings.BACKUP_KEEP));
    }

    private static Duration every(Configuration configuration) {
        return Duration.ofHours(configuration.get(Settings.BACKUP_EVERY_HOURS));
    }

    /** Tells Prometheus how backups stand. */
    static void count(Backups backups, BackupSchedule schedule, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("emona_backup_last_timestamp_seconds")
                .help("When the last whole backup was begun, in seconds since 1970; 0 when none is known")
                .callback(callback -> callback.call(schedule.state().lastAt() / 1_000.0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_backups_kept")
                .help("Whole backups in the folder of the schedule")
                .callback(callback -> callback.call(schedule.state().kept()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_backup_failed")
                .help("1 when the latest attempt to make a backup failed")
                .callback(callback -> callback.call(schedule.state().failure().isEmpty() ? 0 : 1))
                .register(registry);
        GaugeWithCallback.builder()
                .name("emona_backup_running")
                .help("1 while a backup is under way")
                .callback(callback -> callback.call(
                        backups.list().stream().anyMatch(run -> run.state() == BackupRun.State.RUNNING) ? 1 : 0))
                .register(registry);
    }
}
