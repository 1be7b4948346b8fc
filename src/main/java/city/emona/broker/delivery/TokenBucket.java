package city.emona.broker.delivery;

/** Keeps a rate: what was not used in the last second may be used at once. Not safe for use by several threads at a time. */
final class TokenBucket {
    private final int perSecond;
    private double tokens;
    private long filledAt;

    /** @param perSecond 0 for no bound */
    TokenBucket(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAt = now;
    }

    /** When there is a token, in epoch milliseconds; not later than now when there is one. */
    long readyAt(long now) {
        if (perSecond == 0) {
            return now;
        }
        // a clock that was put back gives nothing and takes nothing
        tokens = Math.min(perSecond, tokens + Math.max(0, now - filledAt) * (double) perSecond / 1_000);
        filledAt = now;
        return tokens >= 1 ? now : now + (long) Math.ceil((1 - tokens) * 1_000 / perSecond);
    }

    /** Takes a token. */
    void take() {
        tokens -= 1;
    }
}
