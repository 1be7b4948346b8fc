package city.emona.store;

/**
 * What was done about the rule of a {@link Retention} since the start of the program.
 *
 * @param lastSweep when it was last looked at all of it, in epoch milliseconds; 0 for never
 * @param instancesRemoved how many instances were removed, most of them rolled up
 * @param rollUpsRemoved how many hours and days were removed
 */
public record RetentionReport(Retention rule, long lastSweep, long instancesRemoved, long rollUpsRemoved) {}
