package city.emona.vertical.quality;

import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures all datasets again and again. */
public final class QualityEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QualityEngine.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final QualityMeter meter;
    private final Supplier<Verticals> verticals;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quality").factory());

    public QualityEngine(QualityMeter meter, Supplier<Verticals> verticals) {
        this.meter = meter;
        this.verticals = verticals;
    }

    /** Measures from now on, each time so long after the time before. */
    public void start(Duration first, Duration pause) {
        var _ = timer.scheduleWithFixedDelay(this::measure, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void measure() {
        for (Vertical vertical : verticals.get().list()) {
            try {
                meter.measure(vertical);
            } catch (RuntimeException e) {
                LOG.error("The quality of the data of {} could not be measured", vertical.id(), e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            var _ = timer.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
