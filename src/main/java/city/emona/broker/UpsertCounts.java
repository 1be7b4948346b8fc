package city.emona.broker;

/** How many entities a source's delivery created, changed, and left as they were. */
public record UpsertCounts(int created, int updated, int unchanged) {}
