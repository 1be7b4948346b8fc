package city.emona.broker.delivery;

import city.emona.store.Tenant;

/**
 * That a subscription has to be told something.
 *
 * @param endpoint the address to which it goes, which is also the name of its queue
 * @param position of the commit that caused it, in the store's log; 0 where none did
 * @param content what it is about, for the {@link Outbox} to read again
 */
public record Dispatch(Tenant tenant, String subscriptionId, String endpoint, long position, byte[] content) {}
