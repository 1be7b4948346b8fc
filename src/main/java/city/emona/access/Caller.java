package city.emona.access;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who asks. What a caller may see is decided with this value alone, here and in every query that will ask for it.
 *
 * @param id of the account or the key; empty for the others
 * @param name as people know it; empty for {@link Kind#ANONYMOUS}
 * @param grants the roles that were given, beside {@link Role#ANONYMOUS}, which all have
 */
public record Caller(Kind kind, String id, String name, Set<Grant> grants) {
    /** How the caller is known. */
    public enum Kind {
        /** Not at all. */
        ANONYMOUS,
        /** By an account, with a session. */
        PERSON,
        /** By an API key. */
        KEY,
        /** As a command on the machine of the server, which can read the server's own files. */
        COMMAND
    }

    /** Whoever says nothing of himself. */
    public static final Caller ANYBODY = new Caller(Kind.ANONYMOUS, "", "", Set.of());

    public Caller {
        grants = Set.copyOf(grants);
    }

    /** Whether the caller is anonymous. */
    public boolean isAnybody() {
        return kind == Kind.ANONYMOUS;
    }

    /** The roles that count for what is done. Where nothing is published, the anonymous role counts for nothing. */
    public Set<Role> roles(Target target) {
        Stream<Role> given =
                grants.stream().filter(grant -> grant.covers(target)).map(Grant::role);
        Stream<Role> all = target.published() ? Stream.concat(Stream.of(Role.ANONYMOUS), given) : given;
        return all.collect(Collectors.toUnmodifiableSet());
    }
}
