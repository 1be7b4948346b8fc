package city.emona.broker.delivery;

import city.emona.broker.delivery.Pending.Logged;
import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the queue of one endpoint: on a virtual thread of its own while there is something to do, one message after the other. The first
 * stays the first until it has arrived or is given up, so that the order holds.
 */
final class EndpointWorker {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointWorker.class);

    /** How long to wait after a failure of our own, such as a store that cannot be read. */
    private static final long OWN_PAUSE_MILLIS = 1_000;

    private enum Activity {
        IDLE,
        AT_WORK,
        /** At work, and called again in the meantime. */
        CALLED
    }

    /** What all workers use. */
    record Tools(Outbox outbox, Sender sender, DeadLetters letters, DeliverySettings settings, InstantSource clock) {}

    private final String id;
    private final String address;
    private final Tools tools;
    private final PendingQueue queue;
    private final EndpointHealth health;
    private final TokenBucket bucket;
    private final AtomicReference<Activity> activity = new AtomicReference<>(Activity.IDLE);
    private volatile @Nullable Thread thread;
    private volatile boolean closing;

    /** When there is something to do again, in epoch milliseconds; 0 when nothing is put off. */
    private volatile long dueAt;

    private volatile long lastActiveAt;

    /** What was tried last, and how often; of no meaning to other threads than the one at work. */
    private @Nullable Pending tried;

    private int attempts;

    EndpointWorker(String id, String address, Tools tools, PendingQueue queue, EndpointHealth health) {
        this.id = id;
        this.address = address;
        this.tools = tools;
        this.queue = queue;
        this.health = health;
        long now = tools.clock.millis();
        this.bucket = new TokenBucket(tools.settings.messagesPerSecond(), now);
        this.lastActiveAt = now;
    }

    String id() {
        return id;
    }

    String address() {
        return address;
    }

    PendingQueue queue() {
        return queue;
    }

    EndpointHealth health() {
        return health;
    }

    /** When it last had something to do, in epoch milliseconds. */
    long lastActiveAt() {
        return lastActiveAt;
    }

    /** Takes what one commit asks for. */
    void append(List<Logged> ofOneCommit) {
        lastActiveAt = tools.clock.millis();
        queue.append(ofOneCommit, health.keepsUp());
        if (dueAt == 0 && !health.isHeld()) {
            call();
        }
    }

    /** Takes what no commit asks for, unless the endpoint does not keep up. */
    boolean offer(Dispatch dispatch) {
        lastActiveAt = tools.clock.millis();
        boolean taken = health.keepsUp() && queue.push(new Pending.Offered(dispatch));
        if (taken) {
            call();
        } else {
            health.dropped(1);
        }
        return taken;
    }

    /** Takes dead letters, and tries them at once. */
    void sendAgain(List<Pending.Letter> letters) {
        queue.pushAll(letters);
        tryNow();
    }

    /** Tries the next message, whenever the next attempt was to be made. */
    void tryNow() {
        health.tryNow();
        call();
    }

    /** Sends nothing from now on but what is on its way; all else waits. */
    void hold() {
        health.hold(tools.clock.millis());
        health.dropped(queue.keepFirstOnly());
    }

    /** Sends again what has waited, at once. */
    void resume() {
        health.hold(0);
        tryNow();
    }

    /** Goes to work when something that was put off is due. */
    void callWhenDue(long now) {
        long due = dueAt;
        if (due != 0 && due <= now) {
            call();
        }
    }

    /** Goes to work, or looks once more before work ends. */
    void call() {
        Activity before = activity.getAndUpdate(now -> now == Activity.IDLE ? Activity.AT_WORK : Activity.CALLED);
        if (before == Activity.IDLE && !closing) {
            thread = Thread.ofVirtual().name("delivery-" + id).start(this::work);
        }
    }

    private void work() {
        do {
            activity.set(Activity.AT_WORK);
            dueAt = 0;
            try {
                sendAll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closing = true;
            } catch (RuntimeException e) {
                LOG.error("The delivery to {} rests for a moment", Addresses.masked(address), e);
                dueAt = tools.clock.millis() + OWN_PAUSE_MILLIS;
            }
        } while (!activity.compareAndSet(Activity.AT_WORK, Activity.IDLE));
    }

    /** Sends until there is nothing left, or nothing that may be sent now. */
    private void sendAll() throws InterruptedException {
        while (!closing && !health.isHeld()) {
            Optional<Pending> first = queue.first();
            if (first.isEmpty()) {
                return;
            }
            Pending pending = first.get();
            long now = tools.clock.millis();
            if (pending instanceof Logged logged && isTooOld(logged, now)) {
                giveUpTooOld(logged, now);
                continue;
            }
            long due = Math.max(health.nextTryAt(), bucket.readyAt(now));
            if (due > now) {
                dueAt = due;
                return;
            }
            send(pending);
        }
    }

    /** Whether a message would have been taken all through the time for which messages are tried, but for the failures. */
    private boolean isTooOld(Logged logged, long now) {
        long triedSince = Math.max(logged.committedAt(), health.tally().failingSince());
        return health.circuit() == Circuit.OPEN
                && triedSince + tools.settings.retention().toMillis() <= now;
    }

    private void giveUpTooOld(Logged logged, long now) {
        Composed composed = compose(logged.dispatch());
        if (composed.isUnwanted()) {
            queue.settle(logged);
        } else {
            EndpointHealth.Tally tally = health.tally();
            String since = Timestamps.format(tally.failingSince());
            giveUp(logged, composed.message(), "Nothing was taken since " + since + ": " + tally.lastReason(), now);
        }
    }

    /** @param failure why there is no message; empty when there is one, or when nobody wants it */
    private record Composed(@Nullable Message message, String failure) {
        boolean isUnwanted() {
            return message == null && failure.isEmpty();
        }
    }

    private Composed compose(Dispatch dispatch) {
        try {
            return new Composed(tools.outbox.compose(dispatch).orElse(null), "");
        } catch (RuntimeException e) {
            LOG.error("A message to {} cannot be written", Addresses.masked(address), e);
            return new Composed(null, "The message cannot be written: " + e + ".");
        }
    }

    private void send(Pending pending) throws InterruptedException {
        if (pending instanceof Pending.Letter letter && !tools.letters.has(letter.id())) {
            queue.settle(pending);
            return;
        }
        Composed composed = compose(pending.dispatch());
        Message message = composed.message();
        if (composed.isUnwanted()) {
            done(pending);
            return;
        }
        if (message == null) {
            giveUp(pending, null, composed.failure(), tools.clock.millis());
            return;
        }
        bucket.take();
        health.begin();
        attempts = pending.equals(tried) ? attempts + 1 : 1;
        tried = pending;
        Outcome outcome = attempt(message);
        long at = tools.clock.millis();
        lastActiveAt = at;
        switch (outcome) {
            case Outcome.Delivered _ -> delivered(pending, at);
            case Outcome.Failed failed -> failed(pending, message, failed, at);
            case Outcome.Refused refused -> {
                health.refused(at, refused.reason());
                tell(pending, at, refused.reason());
                giveUp(pending, message, refused.reason(), at);
            }
        }
    }

    private Outcome attempt(Message message) throws InterruptedException {
        try {
            return tools.sender.send(message);
        } catch (RuntimeException e) {
            LOG.error("The delivery to {} failed by a defect", Addresses.masked(address), e);
            return new Outcome.Failed(
                    "The server failed to send it: " + e.getClass().getSimpleName() + ".");
        }
    }

    private void done(Pending pending) {
        queue.settle(pending);
        if (pending instanceof Pending.Letter letter) {
            tools.letters.delete(List.of(letter.id()));
        }
    }

    private void delivered(Pending pending, long at) {
        health.delivered(at);
        try {
            tools.outbox.delivered(pending.dispatch(), at);
        } catch (RuntimeException e) {
            LOG.error("The delivery to {} could not be noted", Addresses.masked(address), e);
        }
        done(pending);
    }

    private void failed(Pending pending, Message message, Outcome.Failed failed, long at) {
        Duration cooldown = message.cooldown();
        boolean longer = cooldown != null && cooldown.compareTo(failed.pause()) > 0;
        health.failed(at, failed.reason(), longer && cooldown != null ? cooldown : failed.pause());
        tell(pending, at, failed.reason());
        health.dropped(queue.keepFirstOnly());
        if (pending instanceof Pending.Letter letter) {
            tools.letters.failedAgain(letter.id(), message, failed.reason(), at);
        }
    }

    private void tell(Pending pending, long at, String reason) {
        try {
            tools.outbox.failed(pending.dispatch(), at, reason);
        } catch (RuntimeException e) {
            LOG.error("A failed delivery to {} could not be noted", Addresses.masked(address), e);
        }
    }

    /** Puts a message among the dead letters, unless it is one that would come again by itself. */
    private void giveUp(Pending pending, @Nullable Message message, String reason, long at) {
        try {
            switch (pending) {
                case Logged logged ->
                    tools.letters.add(id, logged.dispatch(), message, reason, logged.equals(tried) ? attempts : 0, at);
                case Pending.Letter letter -> tools.letters.failedAgain(letter.id(), message, reason, at);
                case Pending.Offered _ -> health.dropped(1);
            }
        } catch (Problem full) {
            health.failed(at, "It cannot be put among the dead letters: " + full.detail(), Duration.ZERO);
            return;
        }
        queue.settle(pending);
    }

    /** Takes on nothing more. */
    void stop() {
        closing = true;
    }

    /** Waits until the attempt under way has ended, and interrupts it when that takes too long. */
    void await(long millis) throws InterruptedException {
        Thread last = thread;
        if (last != null && !last.join(Duration.ofMillis(Math.max(1, millis)))) {
            last.interrupt();
            last.join();
        }
    }
}
