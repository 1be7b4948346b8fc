package city.emona.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import city.emona.time.IsoDuration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityMapsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private LocalStore store;

    @BeforeEach
    void open() {
        store = LocalStore.open(folder, 0, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private EntityMaps at(Duration later) {
        return new EntityMaps(store, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }

    private static Optional<IsoDuration> lifetime(String text) {
        return IsoDuration.parse(text);
    }

    @Test
    void keepsMapsUntilTheyExpire() {
        EntityMap map = at(Duration.ZERO).create(Tenant.DEFAULT, List.of("urn:x:1", "urn:x:2"), lifetime("PT10M"));
        assertThat(map.id()).startsWith("urn:ngsi-ld:EntityMap:");
        assertThat(at(Duration.ofMinutes(9)).find(Tenant.DEFAULT, map.id())).contains(map);
        assertThat(at(Duration.ofMinutes(10)).find(Tenant.DEFAULT, map.id())).isEmpty();
        assertThat(at(Duration.ZERO).find(new Tenant("other"), map.id())).isEmpty();
    }

    @Test
    void keepsMapsWhenTheStoreIsOpenedAgain() {
        EntityMap map = at(Duration.ZERO).create(Tenant.DEFAULT, List.of("urn:x:1"), Optional.empty());
        EntityMap empty = at(Duration.ZERO).create(Tenant.DEFAULT, List.of(), Optional.empty());
        store.close();
        open();
        assertThat(at(Duration.ofMinutes(59)).get(Tenant.DEFAULT, map.id())).isEqualTo(map);
        assertThat(at(Duration.ofMinutes(59)).get(Tenant.DEFAULT, empty.id())).isEqualTo(empty);
    }

    @Test
    void grantsADayAtMost() {
        long day = NOW.plus(Duration.ofDays(1)).toEpochMilli();
        EntityMaps maps = at(Duration.ZERO);
        EntityMap map = maps.create(Tenant.DEFAULT, List.of(), lifetime("P999999999Y"));
        assertThat(map.expiresAt()).isEqualTo(day);
        maps.setExpiry(Tenant.DEFAULT, map.id(), Long.MAX_VALUE);
        assertThat(maps.get(Tenant.DEFAULT, map.id()).expiresAt()).isEqualTo(day);
        maps.setExpiry(Tenant.DEFAULT, map.id(), day - 1);
        assertThat(maps.get(Tenant.DEFAULT, map.id()).expiresAt()).isEqualTo(day - 1);
    }

    @Test
    void takesEntitiesOut() {
        EntityMaps maps = at(Duration.ZERO);
        EntityMap map = maps.create(Tenant.DEFAULT, List.of("urn:x:1", "urn:x:2", "urn:x:3"), Optional.empty());
        maps.prune(Tenant.DEFAULT, map.id(), Set.of("urn:x:2", "urn:x:other"));
        assertThat(maps.get(Tenant.DEFAULT, map.id()).entityIds()).containsExactly("urn:x:1", "urn:x:3");
        maps.prune(Tenant.DEFAULT, "urn:x:gone", Set.of("urn:x:2"));
        assertThat(maps.find(Tenant.DEFAULT, "urn:x:gone")).isEmpty();
    }

    @Test
    void deletesMaps() {
        EntityMaps maps = at(Duration.ZERO);
        String id = maps.create(Tenant.DEFAULT, List.of("urn:x:1"), Optional.empty())
                .id();
        maps.delete(Tenant.DEFAULT, id);
        assertThatThrownBy(() -> maps.delete(Tenant.DEFAULT, id))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.RESOURCE_NOT_FOUND));
        assertThatThrownBy(() -> maps.setExpiry(Tenant.DEFAULT, id, 0)).isInstanceOf(Problem.class);
    }

    @Test
    void sweepsWhatHasExpired() {
        EntityMap first = at(Duration.ZERO).create(Tenant.DEFAULT, List.of("urn:x:1"), lifetime("PT1M"));
        EntityMap second = at(Duration.ZERO).create(Tenant.DEFAULT, List.of("urn:x:1"), lifetime("PT3M"));
        at(Duration.ofMinutes(2)).sweep();
        assertThat(store.findDocument(Tenant.DEFAULT, "entityMap", first.id())).isEmpty();
        assertThat(store.findDocument(Tenant.DEFAULT, "entityMap", second.id())).isPresent();
        at(Duration.ofMinutes(4)).create(Tenant.DEFAULT, List.of(), Optional.empty());
        assertThat(store.findDocument(Tenant.DEFAULT, "entityMap", second.id())).isEmpty();
    }

    @Test
    void boundsWhatItKeeps() {
        EntityMaps maps = at(Duration.ZERO);
        assertThatThrownBy(() -> maps.create(
                        Tenant.DEFAULT, Collections.nCopies(EntityMaps.MAX_ENTITIES + 1, "urn:x:1"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.TOO_MANY_RESULTS));
        List<String> large = Collections.nCopies(EntityMaps.MAX_ENTITIES, "urn:x:" + "1".repeat(100));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 8; i++) {
                        maps.create(Tenant.DEFAULT, large, Optional.empty());
                    }
                })
                .isInstanceOf(Problem.class);
        assertThat(store.listDocuments(Tenant.DEFAULT, "entityMap")).hasSize(6);
    }
}
