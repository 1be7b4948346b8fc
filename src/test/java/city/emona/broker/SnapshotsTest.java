package city.emona.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.store.ChangeSet;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static final String ID = "urn:s:1";
    private static final Tenant SPACE = Tenant.DEFAULT.withSnapshot(ID);

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

    private void commit(Tenant tenant, String entity, List<DocumentWrite> documents) {
        EntityWrite write = EntityWrite.create(EntityReader.read(Json.parse(entity), TermTable.core(), 1));
        store.commit(new ChangeSet(tenant, List.of(write), documents));
    }

    @Test
    void failsWhatAStopOfTheServerInterrupted() {
        byte[] preparing = """
                {"id": "urn:s:1", "type": "Snapshot", "snapshotQueries": [{"type": "Query", "entities": [{"type": "T"}]}],
                 "snapshotPriority": 5, "snapshotStatus": "preparing", "createdAt": "2026-01-01T00:00:00Z",
                 "modifiedAt": "2026-01-01T00:00:00Z", "expiresAt": "2999-01-01T00:00:00Z", "lastUsedAt": "2026-01-01T00:00:00Z"}""".getBytes(StandardCharsets.UTF_8);
        commit(SPACE, "{\"id\":\"urn:x:1\",\"type\":\"T\"}", List.of());
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(new DocumentWrite("snapshot", ID, preparing))));
        store.close();
        open();
        Snapshots snapshots = new Broker(store, Clock.systemUTC()).snapshots();
        List<Snapshot> told = new ArrayList<>();
        snapshots.onChange((_, snapshot) -> told.add(snapshot));

        snapshots.tidy();

        Snapshot failed = snapshots.get(Tenant.DEFAULT, ID);
        assertThat(failed.status()).isEqualTo(Snapshot.Status.FAILURE);
        assertThat(failed.toJson()
                        .at("/snapshotQueriesDetails/0/problemDetails/detail")
                        .stringValue())
                .contains("stopped");
        assertThat(told).hasSize(1);
        assertThat(store.countEntities(SPACE)).isZero();
        snapshots.tidy();
        assertThat(told).hasSize(1);
    }

    @Test
    void removesEntitiesAndDocumentsWhoseSnapshotIsGone() {
        commit(
                SPACE,
                "{\"id\":\"urn:x:1\",\"type\":\"T\",\"expiresAt\":\"2000-01-01T00:00:00Z\"}",
                List.of(new DocumentWrite("entityMap", "urn:m:1", new byte[] {'0'})));
        commit(SPACE, "{\"id\":\"urn:x:2\",\"type\":\"T\"}", List.of());
        assertThat(store.listSnapshots()).containsExactly(SPACE);
        assertThat(store.listTenants()).containsExactly(Tenant.DEFAULT);

        new Broker(store, Clock.systemUTC()).snapshots().tidy();

        assertThat(store.listSnapshots()).isEmpty();
        store.close();
        open();
        assertThat(store.listSnapshots()).as("gone from the disk").isEmpty();
    }

    @Test
    void lettersThatCannotStandInAnIdAreRefused() {
        assertThatThrownBy(() -> Tenant.DEFAULT.withSnapshot("urn:s:\u00011")).isInstanceOf(Problem.class);
        Tenant inside = new Tenant("north", ID);
        assertThat(Tenant.ofKey(inside.key())).isEqualTo(inside);
        assertThat(Tenant.ofKey("north")).isEqualTo(new Tenant("north"));
    }
}
