package city.emona.store;

/**
 * How a store is.
 *
 * @param writable whether change-sets are accepted
 * @param detail why not, as a sentence; empty when all is well
 * @param commits how many change-sets were committed since the start
 * @param syncs how many synced writes carried them
 */
public record StoreHealth(boolean writable, String detail, long commits, long syncs) {}
