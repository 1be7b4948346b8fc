package city.emona.access;

import city.emona.store.ContextStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that proves who somebody is: accounts, their sessions, and keys; and a thread that writes down when these were last used. */
public final class AccessBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessBook.class);
    private static final Duration PACE = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final Sessions sessions;
    private final SignIn signIn;
    private final ApiKeys keys;
    private final String commandKey = ApiKeys.PREFIX + Tokens.draw();
    private final Caller command =
            new Caller(Caller.Kind.COMMAND, "command", "./emona", Set.of(Grant.everywhere(Role.ADMINISTRATOR)));
    private final Thread keeper = Thread.ofVirtual().name("access-keeper").unstarted(this::keep);

    public AccessBook(ContextStore store, InstantSource clock) {
        this.accounts = new Accounts(store, clock);
        this.sessions = new Sessions(store, clock);
        this.signIn = new SignIn(accounts, sessions, clock);
        this.keys = new ApiKeys(store, clock);
        keeper.start();
    }

    public Accounts accounts() {
        return accounts;
    }

    public SignIn signIn() {
        return signIn;
    }

    public ApiKeys keys() {
        return keys;
    }

    /** The account whose session has a secret. */
    Optional<Account> findSession(String secret) {
        return sessions.use(secret).flatMap(accounts::find).filter(account -> account.state() == Account.State.ACTIVE);
    }

    /** Deactivates an account and ends its sessions. */
    public Account deactivate(String id) {
        Account account = accounts.deactivate(id);
        sessions.closeAll(id);
        return account;
    }

    /** Sets the password of the account to which a link leads; whoever was signed in before is not any more. */
    public Account accept(String link, String password) {
        Account account = accounts.accept(link, password);
        sessions.closeAll(account.id());
        return account;
    }

    /** The key of the commands on this machine: drawn at every start, kept nowhere but in memory and where the server writes it. */
    public String commandKey() {
        return commandKey;
    }

    boolean isCommand(String secret) {
        return Tokens.same(secret, commandKey);
    }

    Caller command() {
        return command;
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(PACE);
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save() {
        try {
            sessions.save();
            keys.save();
        } catch (RuntimeException e) {
            // the disk may be full; who is signed in stays so
            LOG.warn("When sessions and keys were last used was not written down: {}", e.getMessage());
        }
    }

    /** Stops the thread, and writes down what is left. */
    @Override
    public void close() {
        keeper.interrupt();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
    }
}
