package city.emona.access;

import city.emona.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account of a person. Immutable; it holds nothing with which one could sign in but the secret of the second factor.
 *
 * @param id never changes
 * @param login the user name or e-mail address, in small letters
 * @param name as others see it
 * @param password the PHC string; empty before there is one
 * @param link the link by which its owner can set the password; null for none
 * @param factor the second factor; null for none
 * @param devices where its owner has signed in, newest first
 * @param createdAt in epoch milliseconds
 */
public record Account(
        String id,
        String login,
        String name,
        State state,
        Set<Grant> grants,
        String password,
        @Nullable Link link,
        @Nullable SecondFactor factor,
        List<Device> devices,
        long createdAt) {
    private static final Pattern LOGIN = Pattern.compile("[\\p{L}\\p{N}._+-]{1,64}(@[\\p{L}\\p{N}.-]{1,190})?");
    private static final int MOST_NAME = 200;
    private static final int MOST_DEVICES = 10;

    /** Whether the account can be used. */
    public enum State {
        /** Its owner has a link, but was not here yet. */
        INVITED,
        ACTIVE,
        /** Nobody can sign in, and nobody is. */
        DEACTIVATED
    }

    /**
     * A one-time link.
     *
     * @param hash of the secret in its address
     * @param expiresAt in epoch milliseconds
     */
    public record Link(String hash, long expiresAt) {}

    /**
     * A browser in which the owner has signed in.
     *
     * @param hash of the secret in its cookie
     * @param usedAt in epoch milliseconds
     */
    public record Device(String hash, long usedAt) {}

    public Account {
        login = login.strip().toLowerCase(Locale.ROOT);
        if (!LOGIN.matcher(login).matches()) {
            throw Problem.badRequestData(
                    "»" + login + "« cannot be a user name.",
                    "Use an e-mail address, or letters, digits, dots and hyphens.");
        }
        name = name.strip();
        if (name.isEmpty() || name.length() > MOST_NAME) {
            throw Problem.badRequestData("The name is missing or too long.", "Write the name of the person.");
        }
        grants = Set.copyOf(grants);
        devices = List.copyOf(devices);
    }

    /** The second factor. */
    public Optional<SecondFactor> findFactor() {
        return Optional.ofNullable(factor);
    }

    /** The link with which the password can be set, while it is good. */
    Optional<Link> findLink(long now) {
        return Optional.ofNullable(link).filter(one -> one.expiresAt() > now);
    }

    /** Whether the account may do everything. */
    public boolean isAdministrator() {
        return grants.contains(Grant.everywhere(Role.ADMINISTRATOR));
    }

    /** The account as a caller. */
    public Caller caller() {
        return new Caller(Caller.Kind.PERSON, id, name, grants);
    }

    Account withState(State changed) {
        return new Account(id, login, name, changed, grants, password, link, factor, devices, createdAt);
    }

    Account withName(String changed) {
        return new Account(id, login, changed, state, grants, password, link, factor, devices, createdAt);
    }

    Account withGrants(Set<Grant> changed) {
        return new Account(id, login, name, state, changed, password, link, factor, devices, createdAt);
    }

    /** With a password, and therefore without a link and without devices that know the old one. */
    Account withPassword(String phc) {
        return new Account(id, login, name, state, grants, phc, null, factor, List.of(), createdAt);
    }

    Account withLink(@Nullable Link changed) {
        return new Account(id, login, name, state, grants, password, changed, factor, devices, createdAt);
    }

    Account withFactor(@Nullable SecondFactor changed) {
        return new Account(id, login, name, state, grants, password, link, changed, devices, createdAt);
    }

    /** With a device in front; the oldest are forgotten. */
    Account withDevice(Device device) {
        List<Device> all = Stream.concat(
                        Stream.of(device),
                        devices.stream().filter(other -> !other.hash().equals(device.hash())))
                .limit(MOST_DEVICES)
                .toList();
        return new Account(id, login, name, state, grants, password, link, factor, all, createdAt);
    }

    Account withoutDevices() {
        return new Account(id, login, name, state, grants, password, link, factor, List.of(), createdAt);
    }
}
