package city.emona.access;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in, and out again. Whoever tries passwords is slowed down twice: for the account and for the place he tries from. A browser in
 * which the owner has signed in before is not slowed down by what others try elsewhere, so that nobody can lock the owner out.
 */
public final class SignIn {
    private static final long TICKET_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final String CLIENT = "client ";
    private static final int MOST_TICKETS = 10_000;

    private final Accounts accounts;
    private final Sessions sessions;
    private final InstantSource clock;
    private final Attempts attempts;
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();

    /** Says that the password was right, while the code is asked for. */
    private record Ticket(String account, String password, long expiresAt) {}

    /** How far somebody has come. */
    public sealed interface Step {
        /**
         * Signed in.
         *
         * @param session the secret of the session
         * @param device the secret by which this browser will be known
         */
        record Inside(String session, String device) implements Step {}

        /**
         * The second factor is missing.
         *
         * @param ticket to be sent with the code
         */
        record NeedsCode(String ticket) implements Step {}
    }

    SignIn(Accounts accounts, Sessions sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
        this.attempts = new Attempts(clock);
    }

    /**
     * Takes a user name and a password.
     *
     * @param client where the request comes from
     * @param device the secret by which the browser may be known; null for none
     * @throws Problem of type Unauthorized when they are not right, of type TooManyRequests when this was tried too often
     */
    public Step byPassword(String login, String password, String client, @Nullable String device) {
        Optional<Account> account = accounts.findByLogin(login);
        List<String> keys = keys("", login.strip().toLowerCase(Locale.ROOT), client, known(account, device));
        keys.forEach(attempts::begin);
        String phc = account.filter(one -> one.state() == Account.State.ACTIVE)
                .map(Account::password)
                .orElse("");
        boolean isRight = password.length() <= Passwords.MOST_LENGTH
                && accounts.passwords().matches(password, phc);
        if (!isRight || account.isEmpty()) {
            throw wrong("The user name or the password is not right.");
        }
        succeed(keys);
        if (account.get().findFactor().isEmpty()) {
            return inside(account.get(), device);
        }
        long now = clock.millis();
        tickets.values().removeIf(ticket -> ticket.expiresAt() <= now);
        if (tickets.size() >= MOST_TICKETS) {
            throw new Problem(ProblemType.UNAVAILABLE, "Too many people are signing in at once.", "Try again soon.");
        }
        String ticket = Tokens.draw();
        tickets.put(Tokens.hash(ticket), new Ticket(account.get().id(), phc, now + TICKET_MILLIS));
        return new Step.NeedsCode(ticket);
    }

    /**
     * Takes the code of a second factor.
     *
     * @param ticket that the password has given
     * @throws Problem of type Unauthorized or TooManyRequests
     */
    public Step byCode(String ticket, String code, String client, @Nullable String device) {
        Optional<Ticket> shown =
                Optional.ofNullable(tickets.get(Tokens.hash(ticket))).filter(one -> one.expiresAt() > clock.millis());
        Optional<Account> account = shown.flatMap(one -> accounts.find(one.account()))
                .filter(one -> one.state() == Account.State.ACTIVE)
                .filter(one -> one.password().equals(shown.get().password()));
        if (account.isEmpty()) {
            throw wrong("It took too long.");
        }
        List<String> keys = keys("code ", account.get().id(), client, known(account, device));
        keys.forEach(attempts::begin);
        Account after = accounts.change(
                account.get().id(),
                present -> present.findFactor()
                        .flatMap(factor -> factor.take(code, clock.millis()))
                        .map(present::withFactor)
                        .orElseThrow(() -> wrong("The code is not right, or was used already.")));
        succeed(keys);
        tickets.remove(Tokens.hash(ticket));
        return inside(after, device);
    }

    /** What is counted: for a known browser itself alone, otherwise the account and the place. */
    private static List<String> keys(String before, String account, String client, Optional<String> device) {
        return device.map(hash -> List.of(before + "device " + hash))
                .orElse(List.of(before + "account " + account, CLIENT + client));
    }

    private void succeed(List<String> keys) {
        for (String key : keys) {
            // an account of one's own does not wash off what one tried with those of others
            if (key.startsWith(CLIENT)) {
                attempts.forgive(key);
            } else {
                attempts.succeed(key);
            }
        }
    }

    private static Optional<String> known(Optional<Account> account, @Nullable String device) {
        if (device == null) {
            return Optional.empty();
        }
        String hash = Tokens.hash(device);
        return account.filter(one ->
                        one.devices().stream().anyMatch(known -> known.hash().equals(hash)))
                .map(_ -> hash);
    }

    private static Problem wrong(String detail) {
        return new Problem(ProblemType.UNAUTHORIZED, detail, "Try again.");
    }

    /** Opens a session for somebody of whom is known who it is. */
    public Step.Inside inside(Account account, @Nullable String device) {
        String secret = known(Optional.of(account), device).isPresent() && device != null ? device : Tokens.draw();
        accounts.change(
                account.id(), present -> present.withDevice(new Account.Device(Tokens.hash(secret), clock.millis())));
        return new Step.Inside(sessions.open(account.id()), secret);
    }

    /** Ends the session of a browser. */
    public void out(String session) {
        sessions.close(session);
    }

    /** Ends all sessions of an account. */
    public void outEverywhere(String account) {
        sessions.closeAll(account);
    }

    /** In how many browsers somebody is signed in. */
    public int countSessions(String account) {
        return sessions.count(account);
    }

    /** Whether a password is that of an account; tried too often, this is refused too. */
    void confirm(Account account, String password) {
        attempts.begin("confirm " + account.id());
        if (password.length() > Passwords.MOST_LENGTH || !accounts.passwords().matches(password, account.password())) {
            throw wrong("The present password is not right.");
        }
        attempts.succeed("confirm " + account.id());
    }

    /**
     * Changes the password of somebody who is signed in, and ends all sessions.
     *
     * @throws Problem of type Unauthorized when the present one is not right, of type BadRequestData when the new one is not good
     */
    public Account changePassword(Account account, String present, String password) {
        confirm(account, present);
        Account changed = accounts.setPassword(account.id(), password);
        sessions.closeAll(account.id());
        return changed;
    }

    /**
     * Begins to ask somebody for a second factor.
     *
     * @param secret that the application was given
     * @param code that it shows
     * @return the codes for paper, which nobody can show again
     * @throws Problem of type Unauthorized when the password or the code is not right
     */
    public List<String> addFactor(Account account, String password, String secret, String code) {
        confirm(account, password);
        long step = SecondFactor.findStep(secret, code.replaceAll("\\s", ""), clock.millis())
                .orElseThrow(() -> wrong("The code is not right."));
        List<String> codes = SecondFactor.drawRecovery();
        accounts.change(account.id(), present -> present.withFactor(SecondFactor.of(secret, step, codes)));
        return codes;
    }

    /** Asks somebody for no second factor any more. */
    public void removeFactor(Account account, String password) {
        confirm(account, password);
        accounts.removeFactor(account.id());
    }
}
