package city.emona.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.broker.delivery.MovableClock;
import city.emona.problem.Problem;
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

class ApiKeysTest {
    private static final Set<Grant> EDITOR = Set.of(Grant.everywhere(Role.EDITOR));

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    private LocalStore store;
    private ApiKeys keys;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, clock);
        keys = new ApiKeys(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isKnownByItsSecretUntilItExpires() {
        ApiKeys.Drawn drawn = keys.create("Uvoz meritev", EDITOR, 30, "Ana");
        assertThat(drawn.secret()).matches("emona_[A-Za-z0-9_-]{43}");
        assertThat(keys.use(drawn.secret()).orElseThrow().caller().grants()).isEqualTo(EDITOR);
        assertThat(keys.use(drawn.secret() + "x")).isEmpty();
        clock.forward(Duration.ofDays(30));
        assertThat(keys.use(drawn.secret())).isEmpty();
    }

    @Test
    void isRevokedAtOnceAndForGood() {
        ApiKeys.Drawn drawn = keys.create("Uvoz meritev", EDITOR, 30, "Ana");
        keys.revoke(drawn.key().id());
        assertThat(keys.use(drawn.secret())).isEmpty();
        assertThat(new ApiKeys(store, clock).use(drawn.secret())).isEmpty();
        assertThat(keys.list()).hasSize(1);
    }

    @Test
    void remembersItsLastUseOverARestartAndKeepsNoSecret() {
        ApiKeys.Drawn drawn = keys.create("Uvoz meritev", EDITOR, 30, "Ana");
        clock.forward(Duration.ofHours(1));
        keys.use(drawn.secret());
        keys.save();
        ApiKey again = new ApiKeys(store, clock).list().getFirst();
        assertThat(again.usedAt().get()).isEqualTo(clock.millis());
        byte[] kept = store.findDocument(Tenant.DEFAULT, "api-key", again.id()).orElseThrow();
        assertThat(new String(kept, StandardCharsets.UTF_8)).doesNotContain(drawn.secret());
    }

    @Test
    void refusesKeysWithoutANameOrAnEnd() {
        assertThatThrownBy(() -> keys.create(" ", EDITOR, 30, "Ana")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> keys.create("Uvoz", EDITOR, 0, "Ana")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> keys.create("Uvoz", EDITOR, 5_000, "Ana")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> keys.create("Uvoz", Set.of(Grant.everywhere(Role.ANONYMOUS)), 30, "Ana"))
                .isInstanceOf(Problem.class);
    }
}
