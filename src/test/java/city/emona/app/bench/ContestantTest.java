package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContestantTest {
    private final MeagreBroker broker = new MeagreBroker();
    private final Client client = new Client();
    private final BenchPlan plan = new BenchPlan(1, 100, 1, 50, 10, 50, 20, 100, 100, 1_000, 1_000, 4, false, 10_000);
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final Contestant contestant = new Contestant(
            broker.endpoint("Meagre"), CpuClock.UNKNOWN, plan, new PrintStream(progress, true, StandardCharsets.UTF_8));

    @AfterEach
    void stop() {
        client.close();
        broker.close();
    }

    @Test
    void loadsByUpsertWhereABatchOfNewEntitiesIsNotTaken() throws IOException {
        assertThat(contestant.load(60).entities()).isEqualTo(60);
        Loader.Loaded loaded = contestant.load(100);

        assertThat(loaded.entities()).isEqualTo(100);
        assertThat(broker.ids()).hasSize(100).contains(loaded.lastId());
    }

    @Test
    void tellsWhatABrokerLacks() throws IOException {
        contestant.load(20);

        assertThat(contestant.findLack(Task.NUMBER_MANY)).get().asString().contains("501", "not built yet");
        assertThat(contestant.findLack(Task.RETRIEVE_BESIDE_HEAVY))
                .get()
                .asString()
                .contains("the heavy query");
        assertThat(contestant.findLack(Task.BATCH_UPSERT)).isEmpty();
    }

    @Test
    void deletesInBatchesWhereABrokerDoesNotDeleteByType() throws IOException, InterruptedException {
        contestant.load(100);
        assertThat(contestant.measure(Task.BATCH_UPSERT, client).answers()).isPositive();

        contestant.clean(client);

        assertThat(broker.ids()).isEmpty();
        assertThat(progress.toString(StandardCharsets.UTF_8)).doesNotContain("stay in");
    }
}
