package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measuresEveryTaskOnARealServerAndBesidePeers(@TempDir Path folder) throws IOException, InterruptedException {
        BenchPlan tiny = new BenchPlan(1, 100, 1, 50, 20, 100, 20, 500, 600, 4, false, 10_000);

        try (ServerProcess other = ServerProcess.startEmona(Cores.SHARED, folder.resolve("other"));
                MeagreBroker meagre = new MeagreBroker();
                Client client = new Client()) {
            other.awaitAnswer(client, "/health/ready");
            Endpoint peer = new Endpoint("Other", other.endpoint().base());

            int status = BenchCommand.run(tiny, List.of(peer, meagre.endpoint("Meagre")), print(out), print(err));

            String table = out.toString(StandardCharsets.UTF_8);
            assertThat(status).as(() -> table + err).isZero();
            assertThat(table)
                    .contains(
                            "start to the first answer",
                            "resident memory, demo",
                            "start to an answer with 600 entities",
                            "Emona ÷ Other",
                            "create with 600 entities ÷ with 200",
                            "Loaded into Emona: 500",
                            "Loaded into Meagre: 500",
                            "— Meagre lacks: near, limit 20 (500 entities), as near was answered with 501")
                    .doesNotContain("void", "Void", "NaN");
            for (Task task : Task.values()) {
                assertThat(table)
                        .as(
                                "Emona, in how far it varied, latencies, processor time, constant bytes and shares, Other, Meagre")
                        .containsPattern("\\| " + Pattern.quote(task.title(tiny))
                                + " +\\| +[0-9,.]+ \\|( +[^|]+\\|){3}"
                                + (task == Task.RETRIEVE_BESIDE_HEAVY ? " +\\|" : " +[1-9][0-9,]* \\|")
                                + "( +[^|]*\\|){3} +[0-9,.]+ \\| +[0-9,.]+ \\| +(—|[0-9]+)");
            }
            assertThat(typesOf(peer)).doesNotContain("Bench");
            assertThat(meagre.ids()).isEmpty();
        }
    }

    private static String typesOf(Endpoint broker) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(broker.resolve("/ngsi-ld/v1/types")).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void refusesAPeerOnAnotherMachine() throws InterruptedException {
        assertThat(run("--peer", "other=http://192.0.2.1:9090")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not on this machine", "Usage: emona bench");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws InterruptedException {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(run("--peer")).isEqualTo(2);
        assertThat(run("--peer", "other")).isEqualTo(2);
        assertThat(run("--peer", "other=ftp://localhost")).isEqualTo(2);
        assertThat(run("--peer", "other=not an address")).isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    private int run(String... arguments) throws InterruptedException {
        return BenchCommand.run(List.of(arguments), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
