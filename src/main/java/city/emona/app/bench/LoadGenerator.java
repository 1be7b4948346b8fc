package city.emona.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one kind of work over a number of connections, the next request on each as soon as the answer before it has come, all from the
 * calling thread. A connection that fails is a fault and is not opened again.
 */
final class LoadGenerator {
    /** The room for one request, head and body. */
    static final int LARGEST_REQUEST = 256 * 1024;

    private static final long DRAIN_NANOS = 30_000_000_000L;

    private final Work work;
    private final Latencies latencies = new Latencies();
    private final long warmNanos;
    private final long measureNanos;
    private long measureFrom;
    private long measureUntil;
    private volatile long stoppedAt = Long.MAX_VALUE;
    private final long mostRequests;
    private long sent;
    private long measured;
    private long completed;
    private long lastAnswer;
    private int waiting;
    private double busy;
    private double cpuSeconds = Double.NaN;
    private @Nullable String firstFault;

    private LoadGenerator(Work work, long warmNanos, long measureNanos, long mostRequests) {
        this.work = work;
        this.mostRequests = mostRequests;
        this.warmNanos = warmNanos;
        this.measureNanos = measureNanos;
    }

    /**
     * Loads for a warm time that is not counted and then for the measured time. Of a server that answers fewer times in it than there are
     * connections, all answers and their whole time are counted.
     *
     * @param clock of the server
     */
    static LoadResult runFor(
            InetSocketAddress server, Work work, int connections, long warmMillis, long measureMillis, CpuClock clock)
            throws IOException {
        LoadGenerator generator =
                new LoadGenerator(work, warmMillis * 1_000_000, measureMillis * 1_000_000, Long.MAX_VALUE);
        long begin = System.nanoTime();
        double cpuBefore = clock.seconds();
        generator.run(server, connections);
        generator.cpuSeconds = clock.seconds() - cpuBefore;
        boolean isSlow = generator.measured < connections;
        return isSlow
                ? generator.result(generator.completed, (generator.lastAnswer - begin) / 1e9)
                : generator.result(generator.measured, measureMillis / 1e3);
    }

    /** Sends one request, and waits for its answer. */
    static LoadResult runOnce(InetSocketAddress server, Work work) throws IOException {
        return runRequests(server, work, 1, 1, DRAIN_NANOS / 1_000_000);
    }

    /** Sends requests until it is stopped, when it is run. */
    static LoadGenerator untilStopped(Work work) {
        return new LoadGenerator(work, 0, Long.MAX_VALUE / 2, Long.MAX_VALUE);
    }

    /** Lets another thread say that no more requests are to be sent. */
    void stop() {
        stoppedAt = System.nanoTime();
    }

    @Nullable
    String firstFault() {
        return firstFault;
    }

    /** Sends so many requests, and stops before that when the time is over. */
    static LoadResult runRequests(InetSocketAddress server, Work work, int connections, long requests, long mostMillis)
            throws IOException {
        long begin = System.nanoTime();
        LoadGenerator generator = new LoadGenerator(work, 0, mostMillis * 1_000_000, requests);
        generator.run(server, connections);
        return generator.result(generator.completed, (generator.lastAnswer - begin) / 1e9);
    }

    private LoadResult result(long answers, double seconds) {
        return new LoadResult(answers, seconds, busy, latencies, cpuSeconds / completed * 1e6, firstFault);
    }

    private long end() {
        return Math.min(measureUntil, stoppedAt);
    }

    void run(InetSocketAddress server, int connections) throws IOException {
        List<Connection> open = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long beginWork = threads.getCurrentThreadCpuTime();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                open.add(new Connection(server, selector));
            }
            measureFrom = System.nanoTime() + warmNanos;
            measureUntil = measureFrom + measureNanos;
            for (Connection connection : open) {
                connection.sendNext(System.nanoTime());
            }
            while (waiting > 0 && System.nanoTime() < end() + DRAIN_NANOS) {
                selector.select(key -> ((Connection) key.attachment()).proceed(key), 100);
            }
            if (waiting > 0) {
                noteFault(waiting + " requests were not answered within " + DRAIN_NANOS / 1_000_000_000 + " s");
            }
            busy = (double) (threads.getCurrentThreadCpuTime() - beginWork) / (System.nanoTime() - begin);
        } finally {
            for (Connection connection : open) {
                connection.channel.close();
            }
        }
    }

    private void noteFault(String fault) {
        if (firstFault == null) {
            firstFault = fault;
        }
    }

    /** One connection with at most one request under way. */
    private final class Connection {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final AnswerReader reader = new AnswerReader();
        private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_REQUEST);
        private long request;
        private long sentAt;

        Connection(InetSocketAddress server, Selector selector) throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void sendNext(long now) throws IOException {
            if (now >= end() || sent >= mostRequests) {
                return;
            }
            out.clear();
            request = work.writeRequest(out);
            out.flip();
            sent++;
            waiting++;
            sentAt = now;
            flush();
        }

        private void flush() throws IOException {
            channel.write(out);
            int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        void proceed(SelectionKey ready) {
            try {
                if (ready.isWritable()) {
                    flush();
                }
                if (ready.isReadable()) {
                    Answer answer = reader.read(channel);
                    if (answer != null) {
                        finish(answer);
                    }
                }
            } catch (IOException e) {
                noteFault(String.valueOf(e.getMessage()));
                waiting--;
                close();
            }
        }

        private void finish(Answer answer) throws IOException {
            long now = System.nanoTime();
            waiting--;
            completed++;
            lastAnswer = now;
            String fault = work.findFault(request, answer);
            if (fault != null) {
                noteFault(fault);
            } else if (now >= measureFrom && now < end()) {
                measured++;
                latencies.add(now - sentAt);
            }
            sendNext(now);
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
