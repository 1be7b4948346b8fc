package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.vertical.source.Wait;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    @TempDir
    Path folder;

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static EmonaServer start(Path data) {
        Map<String, String> settings = Map.of(Settings.DATA.key(), data.toString(), Settings.PORT.key(), "0");
        return EmonaServer.startOpen(Configuration.read(Settings.ALL, null, settings), false);
    }

    private static HttpResponse<String> send(EmonaServer server, String path, HttpRequest.Builder request)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    request.uri(URI.create("http://127.0.0.1:" + server.port() + path))
                            .header("Content-Type", "application/json")
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void backsUpARunningServerAndRestoresItElsewhere() throws Exception {
        String data = folder.resolve("data").toString();
        String backup = folder.resolve("backup").toString();
        String elsewhere = folder.resolve("elsewhere").toString();
        String entity = "{\"id\":\"urn:x:1\",\"type\":\"T\",\"n\":{\"type\":\"Property\",\"value\":1.5}}";
        try (EmonaServer server = start(Path.of(data))) {
            HttpResponse<String> created = send(
                    server,
                    "/ngsi-ld/v1/entities",
                    HttpRequest.newBuilder(URI.create("http://localhost")).POST(BodyPublishers.ofString(entity)));
            assertThat(created.statusCode()).isEqualTo(201);
            Run made = run("backup", backup, "--data", data);
            Run again = run("backup", backup, "--data", data);

            assertThat(made.err()).isEmpty();
            assertThat(made.status()).isZero();
            assertThat(made.out())
                    .contains("  copied     100 %")
                    .containsPattern("  backup of  2\\S+Z, \\d+ entities, by Emona ");
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err()).contains("is not empty");
            assertThat(send(server, "/backups", HttpRequest.newBuilder()).body())
                    .contains("\"state\":\"done\"");
        }
        Run verified = run("backup", backup, "--verify");
        Run restored = run("restore", backup, "--data", elsewhere);
        Run twice = run("restore", backup, "--data", elsewhere);

        assertThat(verified.out()).contains("  whole      2");
        assertThat(restored.status()).isZero();
        assertThat(twice.err()).contains("is not an empty folder");
        try (EmonaServer server = start(Path.of(elsewhere))) {
            assertThat(send(server, "/ngsi-ld/v1/entities/urn:x:1", HttpRequest.newBuilder())
                            .body())
                    .isEqualTo(entity);
        }
    }

    @Test
    void backsUpAFolderThatNoServerHasOpen() throws Exception {
        String data = folder.resolve("data").toString();
        String backup = folder.resolve("backup").toString();
        start(Path.of(data)).close();

        assertThat(run("backup", backup, "--data", data).status()).isZero();
        Files.writeString(Path.of(backup, "data", "FORMAT"), "{\"format\":1}");
        Run verified = run("backup", backup, "--verify");

        assertThat(verified.status()).isEqualTo(1);
        assertThat(verified.err()).contains("The file data/FORMAT is not what it was.");
        Run nothing = run(
                "backup",
                folder.resolve("other").toString(),
                "--data",
                folder.resolve("none").toString());
        assertThat(nothing.err()).contains("There are no data in");
    }

    @Test
    void keepsTheNewestOfMany() throws Exception {
        String data = folder.resolve("data").toString();
        String shelf = folder.resolve("shelf").toString();
        start(Path.of(data)).close();
        for (int i = 0; i < 3; i++) {
            assertThat(run("backup", shelf, "--keep", "2", "--data", data).status())
                    .isZero();
        }

        assertThat(Path.of(shelf).toFile().list()).hasSize(2).allMatch(name -> name.startsWith("emona-2"));
        assertThat(run("backup", shelf, "--keep", "no").status()).isEqualTo(2);
    }

    @Test
    void makesBackupsOnTheScheduleOfTheSettings() throws Exception {
        Path shelf = folder.resolve("shelf");
        Map<String, String> settings = Map.of(
                Settings.DATA.key(), folder.resolve("data").toString(),
                Settings.PORT.key(), "0",
                Settings.BACKUP_FOLDER.key(), shelf.toString());
        try (EmonaServer server = EmonaServer.startOpen(Configuration.read(Settings.ALL, null, settings), false)) {
            Wait.until(() -> metrics(server).contains("emona_backups_kept 1.0"));

            assertThat(metrics(server)).containsPattern("emona_backup_last_timestamp_seconds [1-9]");
            assertThat(run("backup", shelf.toFile().listFiles()[0].toString(), "--verify")
                            .status())
                    .isZero();
        }
    }

    private static String metrics(EmonaServer server) {
        try {
            return send(server, "/metrics", HttpRequest.newBuilder()).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void asksForOneFolder() throws Exception {
        assertThat(run("backup").status()).isEqualTo(2);
        assertThat(run("restore", "a", "b").status()).isEqualTo(2);
    }
}
