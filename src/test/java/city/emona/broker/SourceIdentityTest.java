package city.emona.broker;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceIdentityTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private String alias(String data, Tenant tenant) {
        try (LocalStore store = LocalStore.open(folder.resolve(data), 0, CLOCK)) {
            return SourceIdentity.of(store, CLOCK).alias(tenant);
        }
    }

    @Test
    void keepsItsAliasWithTheData() {
        assertThat(alias("one", Tenant.DEFAULT)).isEqualTo(alias("one", Tenant.DEFAULT));
        assertThat(alias("one", Tenant.DEFAULT)).isNotEqualTo(alias("two", Tenant.DEFAULT));
    }

    @Test
    void tellsTenantsApart() {
        assertThat(alias("one", new Tenant("a")))
                .isNotEqualTo(alias("one", Tenant.DEFAULT))
                .isNotEqualTo(alias("one", new Tenant("b")))
                .isEqualTo(alias("one", new Tenant("a")));
    }

    @Test
    void canStandInAViaHeader() {
        assertThat(alias("one", new Tenant("a.b_C-1"))).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    }

    @Test
    void countsTheTimeSinceItsStart() {
        try (LocalStore store = LocalStore.open(folder, 0, CLOCK)) {
            assertThat(SourceIdentity.of(store, CLOCK).uptime()).isEqualTo(Duration.ZERO);
        }
    }
}
