package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.broker.delivery.MovableClock;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts in a real store. */
class AccountsTest {
    static final String PASSWORD = "konj baterija sponka prav";

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    private LocalStore store;
    private Accounts accounts;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, clock);
        accounts = new Accounts(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Account first() {
        return accounts.createFirst(accounts.drawFirstLink().orElseThrow(), "Ana@Mesto.example", "Ana Novak", PASSWORD);
    }

    private static ProblemType refusal(Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            return problem.type();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void theFirstLinkMakesOneAdministratorAndIsGoodOnce() {
        String link = accounts.drawFirstLink().orElseThrow();
        Account made = accounts.createFirst(link, "Ana@Mesto.example", "Ana Novak", PASSWORD);
        assertThat(made.login()).isEqualTo("ana@mesto.example");
        assertThat(made.isAdministrator()).isTrue();
        assertThat(accounts.drawFirstLink()).isEmpty();
        assertThat(refusal(() -> accounts.createFirst(link, "eve", "Eve", PASSWORD)))
                .isEqualTo(ProblemType.ACCESS_DENIED);
        assertThat(accounts.list()).containsExactly(made);
    }

    @Test
    void theFirstLinkExpiresAndGivesWayToALaterOne() {
        String early = accounts.drawFirstLink().orElseThrow();
        String late = accounts.drawFirstLink().orElseThrow();
        assertThat(accounts.isFirstLink(early)).isFalse();
        assertThat(accounts.isFirstLink(late)).isTrue();
        clock.forward(Accounts.FIRST_LINK);
        assertThat(accounts.isFirstLink(late)).isFalse();
    }

    @Test
    void theStoreHoldsNoSecret() {
        String link = accounts.drawFirstLink().orElseThrow();
        accounts.createFirst(link, "ana", "Ana", PASSWORD);
        String invitation = accounts.invite("bor", "Bor", Set.of());
        for (String key : store.listDocuments(Tenant.DEFAULT, "account")) {
            String kept = new String(
                    store.findDocument(Tenant.DEFAULT, "account", key).orElseThrow(), StandardCharsets.UTF_8);
            assertThat(kept).doesNotContain(PASSWORD, link, invitation);
        }
        assertThat(accounts.findByLogin("ana").orElseThrow().password()).startsWith("$argon2id$v=19$m=32768,t=3,p=1$");
    }

    @Test
    void anInvitationSetsThePasswordOnceAndExpires() {
        first();
        String link = accounts.invite("bor", "Bor Kos", Set.of(new Grant(Role.EDITOR, "mobility")));
        assertThat(accounts.findByLink(link).orElseThrow().state()).isEqualTo(Account.State.INVITED);
        Account active = accounts.accept(link, PASSWORD);
        assertThat(active.state()).isEqualTo(Account.State.ACTIVE);
        assertThat(refusal(() -> accounts.accept(link, PASSWORD))).isEqualTo(ProblemType.ACCESS_DENIED);
        String late = accounts.drawLink(active.id());
        clock.forward(Accounts.INVITATION.minus(Duration.ofSeconds(1)));
        assertThat(accounts.findByLink(late)).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(accounts.findByLink(late)).isEmpty();
    }

    @Test
    void everyUserNameIsTakenOnce() {
        first();
        assertThat(refusal(() -> accounts.invite(" ANA@mesto.example", "Another Ana", Set.of())))
                .isEqualTo(ProblemType.ALREADY_EXISTS);
        assertThat(refusal(() -> accounts.invite("<b>", "Name", Set.of()))).isEqualTo(ProblemType.BAD_REQUEST_DATA);
    }

    @Test
    void anAdministratorIsAlwaysLeft() {
        Account ana = first();
        assertThat(refusal(() -> accounts.deactivate(ana.id()))).isEqualTo(ProblemType.CONFLICT);
        assertThat(refusal(() -> accounts.setGrants(ana.id(), Set.of()))).isEqualTo(ProblemType.CONFLICT);
        String link = accounts.invite("bor", "Bor", Set.of(Grant.everywhere(Role.ADMINISTRATOR)));
        assertThat(refusal(() -> accounts.deactivate(ana.id()))).isEqualTo(ProblemType.CONFLICT);
        accounts.accept(link, PASSWORD);
        assertThat(accounts.deactivate(ana.id()).state()).isEqualTo(Account.State.DEACTIVATED);
        assertThat(accounts.reactivate(ana.id()).state()).isEqualTo(Account.State.ACTIVE);
    }

    @Test
    void accountsAreThereAfterARestart() {
        Account ana = first();
        accounts.invite("bor", "Bor", Set.of(new Grant(Role.STEWARD, "environment")));
        assertThat(new Accounts(store, clock).list()).isEqualTo(accounts.list()).contains(ana);
    }

    @Test
    void weakPasswordsAreRefused() {
        String link = accounts.drawFirstLink().orElseThrow();
        for (String weak : new String[] {"", "kratko", "aaaaaaaaaaaaaaaa", "ana@mesto.example", "x".repeat(300)}) {
            assertThatThrownBy(() -> accounts.createFirst(link, "ana@mesto.example", "Ana", weak))
                    .isInstanceOf(Problem.class);
        }
        assertThat(accounts.list()).isEmpty();
    }
}
