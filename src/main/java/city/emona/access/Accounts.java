package city.emona.access;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.ContextStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The accounts of people. They are read from memory, and every change is in the store before it is seen. Safe for use by many threads. */
public final class Accounts {
    /** How long the link that creates the first administrator is good. */
    public static final Duration FIRST_LINK = Duration.ofHours(24);

    /** How long an invitation, and a link for a new password, is good. */
    public static final Duration INVITATION = Duration.ofDays(7);

    private static final String KIND = "account";
    private static final String FIRST = "first";

    private final AccessDocuments documents;
    private final AccessDocuments links;
    private final Passwords passwords;
    private final InstantSource clock;
    private final Map<String, Account> byId = new ConcurrentHashMap<>();

    /** Reads the accounts of a store. */
    public Accounts(ContextStore store, InstantSource clock) {
        this(store, new Passwords(), clock);
    }

    Accounts(ContextStore store, Passwords passwords, InstantSource clock) {
        this.documents = new AccessDocuments(store, KIND);
        this.links = new AccessDocuments(store, "account-link");
        this.passwords = passwords;
        this.clock = clock;
        documents.readAll(AccountJson::read).forEach(account -> byId.put(account.id(), account));
    }

    Passwords passwords() {
        return passwords;
    }

    /** All accounts, by name. */
    public List<Account> list() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Account::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Account::login))
                .toList();
    }

    public Optional<Account> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The account of a user name or e-mail address, however it is typed. */
    Optional<Account> findByLogin(String login) {
        String typed = login.strip().toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(account -> account.login().equals(typed))
                .findFirst();
    }

    /**
     * The secret of a new link with which the first administrator makes an account; those drawn before are good no more. Empty when there
     * is an account.
     */
    public synchronized Optional<String> drawFirstLink() {
        if (!byId.isEmpty()) {
            return Optional.empty();
        }
        String secret = Tokens.draw();
        links.write(
                FIRST,
                Json.object()
                        .put("hash", Tokens.hash(secret))
                        .put("expiresAt", clock.millis() + FIRST_LINK.toMillis()));
        return Optional.of(secret);
    }

    /** Whether a secret is that of the link for the first administrator. */
    public boolean isFirstLink(String secret) {
        return byId.isEmpty()
                && links.find(FIRST)
                        .filter(link -> link.path("expiresAt").asLong() > clock.millis())
                        .filter(link -> Tokens.same(link.path("hash").asString(), Tokens.hash(secret)))
                        .isPresent();
    }

    /**
     * Makes the first account, which may do everything.
     *
     * @throws Problem of type AccessDenied when the link is not good, of type BadRequestData when a value is not
     */
    public Account createFirst(String secret, String login, String name, String password) {
        if (!isFirstLink(secret)) {
            throw badLink();
        }
        Account account = account(login, name, Set.of(Grant.everywhere(Role.ADMINISTRATOR)), null);
        Passwords.check(password, account.login());
        Account made = account.withState(Account.State.ACTIVE).withPassword(passwords.hash(password));
        synchronized (this) {
            if (!isFirstLink(secret)) {
                throw badLink();
            }
            put(made);
            links.delete(FIRST);
        }
        return made;
    }

    /**
     * Makes an account whose owner was not here yet.
     *
     * @return the secret of the link with which the owner sets the password
     * @throws Problem of type AlreadyExists when the user name is taken, of type BadRequestData when a value is not good
     */
    public synchronized String invite(String login, String name, Set<Grant> grants) {
        String secret = Tokens.draw();
        Account account = account(login, name, grants, link(secret));
        if (findByLogin(account.login()).isPresent()) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS,
                    "There is an account »" + account.login() + "« already.",
                    "Choose another name.");
        }
        put(account);
        return secret;
    }

    private Account account(String login, String name, Set<Grant> grants, Account.@Nullable Link link) {
        return new Account(
                UUID.randomUUID().toString(),
                login,
                name,
                Account.State.INVITED,
                grants,
                "",
                link,
                null,
                List.of(),
                clock.millis());
    }

    private Account.Link link(String secret) {
        return new Account.Link(Tokens.hash(secret), clock.millis() + INVITATION.toMillis());
    }

    /** A new link with which the owner sets a new password; those drawn before are good no more. */
    public String drawLink(String id) {
        String secret = Tokens.draw();
        change(id, account -> {
            requireUsable(account);
            return account.withLink(link(secret));
        });
        return secret;
    }

    /** The account whose owner has a link with a secret. */
    public Optional<Account> findByLink(String secret) {
        String hash = Tokens.hash(secret);
        return byId.values().stream()
                .filter(account -> account.state() != Account.State.DEACTIVATED)
                .filter(account -> account.findLink(clock.millis())
                        .filter(link -> Tokens.same(link.hash(), hash))
                        .isPresent())
                .findFirst();
    }

    /**
     * Sets the password of the account to which a link leads, once.
     *
     * @throws Problem of type AccessDenied when the link is not good, of type BadRequestData when the password is not
     */
    public Account accept(String secret, String password) {
        Account account = findByLink(secret).orElseThrow(Accounts::badLink);
        Passwords.check(password, account.login());
        String phc = passwords.hash(password);
        return change(account.id(), present -> {
            if (findByLink(secret).isEmpty()) {
                throw badLink();
            }
            return present.withPassword(phc).withState(Account.State.ACTIVE);
        });
    }

    /** Sets the password of somebody who has shown the present one. */
    Account setPassword(String id, String password) {
        Passwords.check(password, find(id).map(Account::login).orElse(""));
        String phc = passwords.hash(password);
        return change(id, account -> account.withPassword(phc));
    }

    public Account setGrants(String id, Set<Grant> grants) {
        return change(id, account -> account.withGrants(grants));
    }

    public Account deactivate(String id) {
        return change(
                id,
                account -> account.withState(Account.State.DEACTIVATED)
                        .withLink(null)
                        .withoutDevices());
    }

    /** Lets an account be used again; without a password, its owner needs a link. */
    public Account reactivate(String id) {
        return change(
                id,
                account ->
                        account.withState(account.password().isEmpty() ? Account.State.INVITED : Account.State.ACTIVE));
    }

    /** Takes the second factor of somebody away who has lost it. */
    public Account removeFactor(String id) {
        return change(id, account -> account.withFactor(null));
    }

    /**
     * Changes an account.
     *
     * @throws Problem of type ResourceNotFound, or of type Conflict when no administrator would be left
     */
    synchronized Account change(String id, UnaryOperator<Account> by) {
        Account before = find(id).orElseThrow(() -> Problem.notFound("There is no such account."));
        Account after = by.apply(before);
        if (rules(before) && !rules(after) && others(id).noneMatch(Accounts::rules)) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "Nobody would be left who may administer accounts.",
                    "Make another account an administrator first.");
        }
        if (!after.equals(before)) {
            put(after);
        }
        return after;
    }

    private static boolean rules(Account account) {
        return account.state() == Account.State.ACTIVE && account.isAdministrator();
    }

    private Stream<Account> others(String id) {
        return byId.values().stream().filter(account -> !account.id().equals(id));
    }

    private void put(Account account) {
        documents.write(account.id(), AccountJson.write(account));
        byId.put(account.id(), account);
    }

    private static void requireUsable(Account account) {
        if (account.state() == Account.State.DEACTIVATED) {
            throw new Problem(ProblemType.CONFLICT, "The account is deactivated.", "Activate it first.");
        }
    }

    private static Problem badLink() {
        return new Problem(
                ProblemType.ACCESS_DENIED,
                "The link was used already, or its time is over.",
                "Ask an administrator for a new one.");
    }
}
