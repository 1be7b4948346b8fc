package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.access.SignIn.Step;
import city.emona.broker.delivery.MovableClock;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in against a real store. */
class SignInTest {
    private static final String PASSWORD = AccountsTest.PASSWORD;

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    private LocalStore store;
    private Accounts accounts;
    private Sessions sessions;
    private SignIn signIn;
    private Account ana;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, clock);
        accounts = new Accounts(store, clock);
        sessions = new Sessions(store, clock);
        signIn = new SignIn(accounts, sessions, clock);
        ana = accounts.createFirst(accounts.drawFirstLink().orElseThrow(), "ana", "Ana Novak", PASSWORD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Step.Inside inside(String client, @Nullable String device) {
        return (Step.Inside) signIn.byPassword("ana", PASSWORD, client, device);
    }

    private ProblemType attempt(String login, String password, String client, @Nullable String device) {
        try {
            signIn.byPassword(login, password, client, device);
        } catch (Problem problem) {
            return problem.type();
        }
        throw new AssertionError("somebody was let in");
    }

    @Test
    void opensASessionThatEndsWhenItIsIdle() {
        String session = inside("10.0.0.1", null).session();
        clock.forward(Sessions.IDLE.minus(Duration.ofSeconds(1)));
        assertThat(sessions.use(session)).contains(ana.id());
        clock.forward(Sessions.IDLE.minus(Duration.ofSeconds(1)));
        assertThat(sessions.use(session)).contains(ana.id());
        clock.forward(Sessions.IDLE);
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void endsASessionAfterAWorkingDayEvenInUse() {
        String session = inside("10.0.0.1", null).session();
        for (int hour = 1; hour < Sessions.LONGEST.toHours(); hour++) {
            clock.forward(Duration.ofHours(1));
            assertThat(sessions.use(session)).contains(ana.id());
        }
        clock.forward(Duration.ofHours(1));
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void keepsSessionsOverARestartAndForgetsThoseThatAreOver() {
        String session = inside("10.0.0.1", null).session();
        clock.forward(Duration.ofMinutes(90));
        sessions.use(session);
        sessions.save();
        clock.forward(Duration.ofMinutes(90));
        assertThat(new Sessions(store, clock).use(session)).contains(ana.id());
        clock.forward(Duration.ofHours(9));
        sessions.save();
        assertThat(store.listDocuments(Tenant.DEFAULT, "session")).isEmpty();
    }

    @Test
    void saysTheSameOfAWrongPasswordAndAWrongName() {
        assertThatThrownBy(() -> signIn.byPassword("ana", "ne vem kaj je", "10.0.0.1", null))
                .hasMessage("The user name or the password is not right. Try again.");
        assertThatThrownBy(() -> signIn.byPassword("nobody", PASSWORD, "10.0.0.1", null))
                .hasMessage("The user name or the password is not right. Try again.");
    }

    @Test
    void slowsDownWhoTriesAndLetsTheOwnerThroughInAKnownBrowser() {
        String device = inside("10.0.0.1", null).device();
        for (int i = 0; i < 5; i++) {
            assertThat(attempt("ana", "napačno geslo " + i, "6.6.6." + i, null)).isEqualTo(ProblemType.UNAUTHORIZED);
        }
        // from anywhere else even the right password has to wait
        assertThat(attempt("ana", PASSWORD, "7.7.7.7", null)).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(inside("10.0.0.1", device).session()).isNotEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(attempt("ana", "napačno geslo", "6.6.6.9", null)).isEqualTo(ProblemType.UNAUTHORIZED);
        clock.forward(Duration.ofSeconds(1));
        assertThat(attempt("ana", PASSWORD, "7.7.7.7", null)).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        clock.forward(Duration.ofSeconds(1));
        assertThat(inside("7.7.7.7", null).session()).isNotEmpty();
    }

    @Test
    void slowsDownAPlaceThatTriesManyAccounts() {
        for (int i = 0; i < 5; i++) {
            assertThat(attempt("guess" + i, PASSWORD, "6.6.6.6", null)).isEqualTo(ProblemType.UNAUTHORIZED);
        }
        assertThat(attempt("ana", PASSWORD, "6.6.6.6", null)).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(inside("10.0.0.1", null).session()).isNotEmpty();
    }

    @Test
    void doesNotSlowDownAnOfficeWhereManySignIn() {
        for (int i = 0; i < 4; i++) {
            attempt("guess" + i, PASSWORD, "10.0.0.1", null);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(inside("10.0.0.1", null).session()).isNotEmpty();
        }
        attempt("guess", PASSWORD, "10.0.0.1", null);
        assertThat(attempt("ana", PASSWORD, "10.0.0.1", null)).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    }

    @Test
    void aDeviceOfSomebodyElseHelpsNobody() {
        String device = inside("10.0.0.1", null).device();
        accounts.accept(accounts.invite("bor", "Bor", Set.of()), PASSWORD);
        for (int i = 0; i < 5; i++) {
            attempt("bor", "napačno geslo " + i, "6.6.6." + i, device);
        }
        assertThat(attempt("bor", PASSWORD, "10.0.0.1", device)).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    }

    private List<String> addFactor(String secret) {
        return signIn.addFactor(ana, PASSWORD, secret, SecondFactor.codeAt(secret, clock.millis()));
    }

    @Test
    void asksForTheSecondFactorAndTakesItsCodesAndThoseOnPaper() {
        String secret = SecondFactor.drawSecret();
        List<String> paper = addFactor(secret);
        clock.forward(Duration.ofMinutes(1));
        Step.NeedsCode needs = (Step.NeedsCode) signIn.byPassword("ana", PASSWORD, "10.0.0.1", null);
        assertThatThrownBy(() -> signIn.byCode(needs.ticket(), "000000x", "10.0.0.1", null))
                .isInstanceOf(Problem.class);
        String code = SecondFactor.codeAt(secret, clock.millis());
        assertThat(signIn.byCode(needs.ticket(), code, "10.0.0.1", null)).isInstanceOf(Step.Inside.class);
        assertThatThrownBy(() -> signIn.byCode(needs.ticket(), code, "10.0.0.1", null))
                .isInstanceOf(Problem.class);
        Step.NeedsCode again = (Step.NeedsCode) signIn.byPassword("ana", PASSWORD, "10.0.0.1", null);
        assertThat(signIn.byCode(again.ticket(), paper.getFirst(), "10.0.0.1", null))
                .isInstanceOf(Step.Inside.class);
    }

    @Test
    void aTicketIsGoodForAFewMinutesAndForTheSamePassword() {
        String secret = SecondFactor.drawSecret();
        List<String> paper = addFactor(secret);
        Step.NeedsCode late = (Step.NeedsCode) signIn.byPassword("ana", PASSWORD, "10.0.0.1", null);
        clock.forward(Duration.ofMinutes(5));
        assertThatThrownBy(() -> signIn.byCode(late.ticket(), paper.getFirst(), "10.0.0.1", null))
                .hasMessageContaining("too long");
        Step.NeedsCode old = (Step.NeedsCode) signIn.byPassword("ana", PASSWORD, "10.0.0.1", null);
        signIn.changePassword(accounts.find(ana.id()).orElseThrow(), PASSWORD, "čisto drugo geslo");
        assertThatThrownBy(() -> signIn.byCode(old.ticket(), paper.getFirst(), "10.0.0.1", null))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aNewPasswordEndsAllSessionsAndForgetsTheBrowsers() {
        Step.Inside before = inside("10.0.0.1", null);
        assertThatThrownBy(() -> signIn.changePassword(ana, "ni to geslo", "čisto drugo geslo"))
                .isInstanceOf(Problem.class);
        Account changed = signIn.changePassword(ana, PASSWORD, "čisto drugo geslo");
        assertThat(sessions.use(before.session())).isEmpty();
        assertThat(changed.devices()).isEmpty();
        assertThat(attempt("ana", PASSWORD, "10.0.0.1", null)).isEqualTo(ProblemType.UNAUTHORIZED);
        assertThat(signIn.byPassword("ana", "čisto drugo geslo", "10.0.0.1", null))
                .isInstanceOf(Step.Inside.class);
    }

    @Test
    void nobodySignsInToAnAccountThatIsInvitedOrDeactivated() {
        String link = accounts.invite("bor", "Bor", Set.of());
        assertThat(attempt("bor", PASSWORD, "10.0.0.1", null)).isEqualTo(ProblemType.UNAUTHORIZED);
        Account bor = accounts.accept(link, PASSWORD);
        assertThat(signIn.byPassword("bor", PASSWORD, "10.0.0.1", null)).isInstanceOf(Step.Inside.class);
        accounts.deactivate(bor.id());
        assertThat(attempt("bor", PASSWORD, "10.0.0.1", null)).isEqualTo(ProblemType.UNAUTHORIZED);
    }

    @Test
    void signsOutHereAndEverywhere() {
        String one = inside("10.0.0.1", null).session();
        String two = inside("10.0.0.2", null).session();
        signIn.out(one);
        assertThat(sessions.use(one)).isEmpty();
        assertThat(signIn.countSessions(ana.id())).isEqualTo(1);
        signIn.outEverywhere(ana.id());
        assertThat(sessions.use(two)).isEmpty();
    }
}
