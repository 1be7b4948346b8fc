package city.emona.broker.delivery;

import java.time.Duration;

/** What came of an attempt to bring a message to its endpoint. */
public sealed interface Outcome {
    /** The receiver has taken the message over. */
    record Delivered() implements Outcome {}

    /**
     * The message was not taken, but may be another time.
     *
     * @param reason as a sentence, without the endpoint's address
     * @param pause how long the receiver wants to be left alone; zero where it did not say
     */
    record Failed(String reason, Duration pause) implements Outcome {
        public Failed(String reason) {
            this(reason, Duration.ZERO);
        }
    }

    /**
     * The message will never be taken.
     *
     * @param reason as a sentence, without the endpoint's address
     */
    record Refused(String reason) implements Outcome {}
}
