package city.emona.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another client, that sends its requests from a thread of its own until it is stopped. */
final class CompanionLoad implements AutoCloseable {
    private final LoadGenerator generator;
    private final Thread thread;
    private volatile @Nullable String fault;

    private CompanionLoad(InetSocketAddress server, LoadGenerator generator, int connections) {
        this.generator = generator;
        thread = Thread.ofPlatform().name("companion-load").start(() -> {
            try {
                generator.run(server, connections);
            } catch (IOException e) {
                fault = String.valueOf(e.getMessage());
            }
        });
    }

    static CompanionLoad start(InetSocketAddress server, Work work, int connections) {
        return new CompanionLoad(server, LoadGenerator.untilStopped(work), connections);
    }

    /** Ends it when the answers under way have come; what was wrong with one of them, or nothing. */
    Optional<String> stop() throws InterruptedException {
        generator.stop();
        thread.join();
        return Optional.ofNullable(fault == null ? generator.firstFault() : fault);
    }

    @Override
    public void close() {
        generator.stop();
    }
}
