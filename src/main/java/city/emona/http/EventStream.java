package city.emona.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
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
    private final Writer writer = new Writer();
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
        }
        writer.iterate();
    }

    /** Ends the stream behind what is queued. */
    void close() {
        synchronized (this) {
            ending = true;
        }
        writer.iterate();
    }

    /** Writes what is queued, one write after the other, whichever thread it is that has something to write. */
    private final class Writer extends IteratingCallback {
        private boolean lastWritten;

        @Override
        protected Action process() {
            if (lastWritten) {
                return Action.SUCCEEDED;
            }
            StringBuilder waiting = new StringBuilder();
            synchronized (EventStream.this) {
                for (String next = queue.poll(); next != null; next = queue.poll()) {
                    waiting.append(next);
                }
                lastWritten = ending;
            }
            if (waiting.isEmpty() && !lastWritten) {
                return Action.IDLE;
            }
            ByteBuffer bytes = ByteBuffer.wrap(waiting.toString().getBytes(StandardCharsets.UTF_8));
            response.write(lastWritten, bytes, this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            finish(null);
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            finish(cause);
        }
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
