package city.emona.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One open stream of server-sent events: a queue that is written as fast as the client reads. */
final class EventStream implements EventSource.Sink {
    private static final int MAX_QUEUED = 1_000;
    private static final long HEARTBEAT_SECONDS = 15;
    private static final String HEARTBEAT = ":\n\n";

    private final Response response;
    private final Callback callback;
    private final Scheduler scheduler;
    private final Consumer<EventStream> onClosed;
    private final Queue<String> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean ending;
    private boolean closed;

    @Nullable
    private Runnable release;

    EventStream(Response response, Callback callback, Scheduler scheduler, Consumer<EventStream> onClosed) {
        this.response = response;
        this.callback = callback;
        this.scheduler = scheduler;
        this.onClosed = onClosed;
    }

    void open(EventSource source) {
        response.getHeaders().put("Cache-Control", "no-store");
        enqueue("retry: 2000\n\n");
        Runnable opened = source.open(this);
        boolean gone;
        synchronized (this) {
            release = opened;
            gone = closed;
        }
        if (gone) {
            opened.run();
        }
        scheduleHeartbeat();
    }

    private void scheduleHeartbeat() {
        scheduler.schedule(this::beat, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        enqueue(HEARTBEAT);
        scheduleHeartbeat();
    }

    @Override
    public void send(String event, String data) {
        enqueue("event: " + event + "\ndata: " + data + "\n\n");
    }

    private void enqueue(String text) {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            if (queue.size() >= MAX_QUEUED) {
                queue.clear();
                ending = true;
            } else {
                queue.add(text);
            }
            if (writing) {
                return;
            }
            writing = true;
        }
        writeNext();
    }

    /** Ends the stream behind what is queued. */
    void close() {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            ending = true;
            if (writing) {
                return;
            }
            writing = true;
        }
        writeNext();
    }

    private void writeNext() {
        String text;
        boolean last;
        synchronized (this) {
            StringBuilder waiting = new StringBuilder();
            for (String next = queue.poll(); next != null; next = queue.poll()) {
                waiting.append(next);
            }
            text = waiting.toString();
            last = ending;
            if (text.isEmpty() && !last) {
                writing = false;
                return;
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        response.write(last, bytes, Callback.from(last ? () -> finish(null) : this::writeNext, this::finish));
    }

    private void finish(@Nullable Throwable failure) {
        Runnable toRun;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            toRun = release;
        }
        if (toRun != null) {
            toRun.run();
        }
        onClosed.accept(this);
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
    }
}
