package city.emona.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
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
    private static final byte[] HEARTBEAT = ascii(":\n\n");
    private static final byte[] RETRY = ascii("retry: 2000\n\n");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");

    /** A client for which less than so many bytes wait has room for more. */
    private static final int ROOM = 64 * 1024;

    private final Response response;
    private final Callback callback;
    private final Scheduler scheduler;
    private final Consumer<EventStream> onClosed;
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private final Writer writer = new Writer();
    private int queuedBytes;
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
        enqueue(RETRY);
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
    public void send(String id, String event, byte[] utf8) {
        byte[] head = ascii((id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + event + "\n");
        enqueue(head, DATA, utf8, END);
    }

    @Override
    public void mark(String id) {
        enqueue(ascii("id: " + id), END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void enqueue(byte[]... parts) {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            if (queue.size() >= MAX_QUEUED) {
                queue.clear();
                queuedBytes = 0;
                stopTaking();
            } else {
                byte[] whole = joined(List.of(parts));
                queue.add(whole);
                queuedBytes += whole.length;
            }
        }
        writer.iterate();
    }

    private static byte[] joined(Collection<byte[]> parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        parts.forEach(whole::put);
        return whole.array();
    }

    @Override
    public synchronized boolean awaitRoom() {
        try {
            while (queuedBytes >= ROOM && !ending && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !ending && !closed;
    }

    private synchronized void stopTaking() {
        ending = true;
        notifyAll();
    }

    @Override
    public void end() {
        stopTaking();
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
            byte[] bytes;
            synchronized (EventStream.this) {
                bytes = joined(queue);
                queue.clear();
                queuedBytes = 0;
                lastWritten = ending;
                EventStream.this.notifyAll();
            }
            if (bytes.length == 0 && !lastWritten) {
                return Action.IDLE;
            }
            response.write(lastWritten, ByteBuffer.wrap(bytes), this);
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
            notifyAll();
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
