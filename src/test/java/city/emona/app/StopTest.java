package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends a real server in the middle of its work, gently and not. */
class StopTest {
    @TempDir
    Path folder;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void finishesOnSigtermWhatItAccepted() throws IOException, InterruptedException {
        Process server = endWhileWriting(ProcessHandle::destroy);

        assertThat(server.waitFor()).isEqualTo(128 + 15);
        assertThat(folder.resolve("SERVER")).doesNotExist();
        assertNothingLost();
    }

    @Test
    void losesNothingThatItAnsweredWhenItIsKilled() throws IOException, InterruptedException {
        Process server = endWhileWriting(ProcessHandle::destroyForcibly);

        assertThat(server.waitFor()).isEqualTo(128 + 9);
        assertNothingLost();
    }

    private Process endWhileWriting(Consumer<ProcessHandle> end) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "start",
                        "--port",
                        "0",
                        "--data",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            RunningServer.Found running = awaitServer(lines);
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String name = "urn:ngsi-ld:Stop:" + writer + ":";
                writers.add(Thread.ofVirtual().start(() -> writeUntilRefused(running, name)));
            }
            while (acknowledged.size() < 300) {
                Thread.onSpinWait();
            }
            end.accept(server.toHandle());
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return server;
    }

    private RunningServer.Found awaitServer(BufferedReader lines) throws IOException, InterruptedException {
        assertThat(lines.readLine()).startsWith("Emona ");
        assertThat(lines.readLine()).startsWith("Reading needs no account, and there is none yet.");
        assertThat(lines.readLine()).containsPattern("http://localhost:\\d+/welcome/[A-Za-z0-9_-]{43}$");
        assertThat(Files.getPosixFilePermissions(folder.resolve("SERVER")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return new RunningServer(folder).find().orElseThrow();
    }

    private void writeUntilRefused(RunningServer.Found running, String name) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; ; i++) {
                String id = name + i;
                HttpRequest request = running.request("/ngsi-ld/v1/entities")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id + "\",\"type\":\"Stop\"}"))
                        .build();
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 201) {
                    return;
                }
                acknowledged.add(id);
            }
        } catch (IOException | InterruptedException e) {
            // the server is gone, as it should be
        }
    }

    private void assertNothingLost() {
        try (LocalStore store = LocalStore.open(folder, 1024 * 1024, Clock.systemUTC())) {
            assertThat(acknowledged)
                    .allSatisfy(id ->
                            assertThat(store.findEntity(Tenant.DEFAULT, id)).isPresent());
        }
    }
}
