package city.emona.vertical;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What else there is to know about how a source is had. Secrets are named, never written: the operator keeps them.
 *
 * @param authentication who we are to the source; null when it does not ask
 * @param headers more header fields of requests
 * @param paging how the next page is found
 * @param push how a sender proves itself, where data are pushed; null when anyone may push
 */
public record Transport(
        @Nullable Authentication authentication,
        Map<String, String> headers,
        Paging paging,
        @Nullable PushProof push) {
    /** Nothing is to be known. */
    public static final Transport PLAIN = new Transport(null, Map.of(), new Paging.None(), null);

    public Transport {
        headers = Map.copyOf(headers);
    }

    public Optional<Authentication> findAuthentication() {
        return Optional.ofNullable(authentication);
    }

    public Optional<PushProof> findPush() {
        return Optional.ofNullable(push);
    }

    /** Who we are to a source; {@code secret} is the name of a secret. */
    public sealed interface Authentication {
        String secret();

        /** A user and a password (RFC 7617). */
        record Basic(String user, String secret) implements Authentication {}

        /** A token (RFC 6750). */
        record Bearer(String secret) implements Authentication {}

        /** A key in a header field of the source's own. */
        record Header(String name, String secret) implements Authentication {}

        /** A token that is asked for with the credentials of a client (RFC 6749, section 4.4). */
        record ClientCredentials(String tokenAddress, String client, String secret, String scope)
                implements Authentication {}

        /** A token that is asked for with a user and a password (RFC 6749, section 4.3). */
        record Password(String tokenAddress, String user, String secret) implements Authentication {}
    }

    /** How the next page is found. */
    public sealed interface Paging {
        /** There is one page, unless the format has its own way. */
        record None() implements Paging {}

        /** The header field {@code Link} with {@code rel="next"} (RFC 8288). */
        record Link() implements Paging {}

        /**
         * An address in the document.
         *
         * @param member the members that lead to it, with dots between
         */
        record Next(String member) implements Paging {}

        /** Parameters of the query that count the records; the last page is not full. */
        record Offset(String offset, String limit, int size) implements Paging {}
    }

    /**
     * How a sender proves itself.
     *
     * @param signed whether the header field holds the HMAC-SHA-256 of the body in hexadecimal, rather than the secret itself
     * @param header the header field
     */
    public record PushProof(boolean signed, String header, String secret) {}
}
