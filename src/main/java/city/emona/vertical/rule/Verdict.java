package city.emona.vertical.rule;

/**
 * What a rule says of an entity.
 *
 * @param holds whether its tests hold
 * @param again when that may be otherwise although nothing changes, in epoch milliseconds; {@link #NEVER} for never
 */
record Verdict(boolean holds, long again) {
    static final long NEVER = Long.MAX_VALUE;

    /** What two tests say together. */
    Verdict and(Verdict other) {
        return new Verdict(holds && other.holds, Math.min(again, other.again));
    }
}
