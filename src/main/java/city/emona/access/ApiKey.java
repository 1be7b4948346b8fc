package city.emona.access;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A key of a program.
 *
 * @param name what it is for
 * @param start how the secret begins, by which its owner knows it
 * @param by the name of who made it
 * @param expiresAt in epoch milliseconds, as are the others
 * @param usedAt 0 for never
 * @param revokedAt 0 for not
 */
public record ApiKey(
        String id,
        String name,
        String start,
        String hash,
        Set<Grant> grants,
        String by,
        long createdAt,
        long expiresAt,
        AtomicLong usedAt,
        long revokedAt) {
    public ApiKey {
        grants = Set.copyOf(grants);
    }

    /** Whether it lets anybody in. */
    public boolean isGood(long now) {
        return revokedAt == 0 && now < expiresAt;
    }

    /** The key as a caller. */
    public Caller caller() {
        return new Caller(Caller.Kind.KEY, id, name, grants);
    }

    ApiKey revoked(long now) {
        return new ApiKey(id, name, start, hash, grants, by, createdAt, expiresAt, usedAt, now);
    }
}
