package city.emona.store.local;

import city.emona.store.ContextStore;
import city.emona.store.InventoryContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LocalInventoryTest extends InventoryContract {
    private final AtomicLong time = new AtomicLong();

    @TempDir
    Path folder;

    private LocalStore store;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, new StandingClock());
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

    private final class StandingClock extends Clock {
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
}
