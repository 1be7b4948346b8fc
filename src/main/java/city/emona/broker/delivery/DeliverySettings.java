package city.emona.broker.delivery;

import java.time.Duration;

/**
 * How messages are delivered.
 *
 * @param queueLength how many messages to one endpoint are kept in memory; what goes beyond waits in the store's log
 * @param firstPause how long an endpoint is left alone after a failure; each further failure in a row doubles it
 * @param longestPause how long it is left alone at most, where neither it nor the subscription asks for more
 * @param retention for how long a message is tried, and how far back messages can be sent again
 * @param messagesPerSecond how many messages one endpoint gets in a second at most; 0 for any number
 * @param maxDeadLetters how many messages that were given up are kept
 * @param maxDeadLetterBytes how many bytes they may have in all
 */
public record DeliverySettings(
        int queueLength,
        Duration firstPause,
        Duration longestPause,
        Duration retention,
        int messagesPerSecond,
        int maxDeadLetters,
        long maxDeadLetterBytes) {
    /** What holds where nothing else is set. */
    public static final DeliverySettings DEFAULT = new DeliverySettings(
            1_000, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(24), 0, 1_000, 16L * 1024 * 1024);

    public DeliverySettings {
        if (queueLength < 1 || messagesPerSecond < 0 || maxDeadLetters < 1 || maxDeadLetterBytes < 1) {
            throw new IllegalArgumentException("a bound of the delivery is too small");
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0 || !retention.isPositive()) {
            throw new IllegalArgumentException("the times of the delivery do not fit together");
        }
    }

    public DeliverySettings withQueueLength(int length) {
        return new DeliverySettings(
                length, firstPause, longestPause, retention, messagesPerSecond, maxDeadLetters, maxDeadLetterBytes);
    }

    public DeliverySettings withPauses(Duration first, Duration longest) {
        return new DeliverySettings(
                queueLength, first, longest, retention, messagesPerSecond, maxDeadLetters, maxDeadLetterBytes);
    }

    public DeliverySettings withRetention(Duration time) {
        return new DeliverySettings(
                queueLength, firstPause, longestPause, time, messagesPerSecond, maxDeadLetters, maxDeadLetterBytes);
    }

    public DeliverySettings withMessagesPerSecond(int rate) {
        return new DeliverySettings(
                queueLength, firstPause, longestPause, retention, rate, maxDeadLetters, maxDeadLetterBytes);
    }

    public DeliverySettings withMaxDeadLetters(int number, long bytes) {
        return new DeliverySettings(queueLength, firstPause, longestPause, retention, messagesPerSecond, number, bytes);
    }
}
