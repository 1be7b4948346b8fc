package city.emona.broker.delivery;

import city.emona.store.Tenant;

/**
 * A message that was given up.
 *
 * @param endpointId the short name of the endpoint
 * @param address of the endpoint, without its password
 * @param position of the commit that caused it, in the store's log; 0 where none did
 * @param reason why it was given up, as a sentence
 * @param attempts how often it was tried
 * @param at when it was given up, in epoch milliseconds
 * @param contentType of the body; empty where the message was never written
 * @param body what was to be sent, cut to {@value #MAX_BODY_BYTES} bytes; it is written anew when it is sent again
 */
public record DeadLetter(
        long id,
        String endpointId,
        String address,
        Tenant tenant,
        String subscriptionId,
        long position,
        String reason,
        int attempts,
        long at,
        String contentType,
        byte[] body) {
    /** How much of a body is kept. */
    public static final int MAX_BODY_BYTES = 64 * 1024;
}
