package city.emona.broker.delivery;

import city.emona.store.LogEntry;
import java.util.List;
import java.util.Optional;

/** Knows what is to be told and how it is said. Safe for use by many threads. */
public interface Outbox {
    /** What the notice of a commit asks to be sent, at most one for each subscription, in the order in which it is to be sent. */
    List<Dispatch> dispatches(LogEntry entry);

    /**
     * Writes the message at the time at which it is sent.
     *
     * @return empty when nobody wants it any longer: the subscription is gone, paused, expired or was told too short a time ago
     */
    Optional<Message> compose(Dispatch dispatch);

    /**
     * Takes note that a message was taken over by its receiver.
     *
     * @param at epoch milliseconds
     */
    void delivered(Dispatch dispatch, long at);

    /**
     * Takes note of an attempt that failed; others may follow.
     *
     * @param at epoch milliseconds
     */
    void failed(Dispatch dispatch, long at, String reason);
}
