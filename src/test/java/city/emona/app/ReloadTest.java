package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.config.Configuration;
import city.emona.http.MadeUpCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose settings and certificate change. */
class ReloadTest {
    @TempDir
    Path folder;

    private Configuration read() {
        return Configuration.read(Settings.ALL, folder.resolve("emona.yaml"), Map.of());
    }

    private void write(String more) throws IOException {
        Files.writeString(folder.resolve("emona.yaml"), """
                server: {port: 0, certificate: %1$s/city.pem, key: %1$s/city.key}
                data.folder: %1$s/data
                %2$s
                """.formatted(folder, more));
    }

    private String reload(int status) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int ended = Main.run(List.of("reload", "--data", folder.resolve("data").toString()), print, print);
        assertThat(ended).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int status(EmonaServer server, MadeUpCertificate trusted, String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
            URI address = URI.create(server.address()).resolve(path);
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void takesWhatCanChangeAndSaysWhatWaits() throws Exception {
        MadeUpCertificate first = MadeUpCertificate.make(folder, "EC");
        MadeUpCertificate second = MadeUpCertificate.make(folder, "EC");
        first.writeCertificate(folder.resolve("city.pem"));
        first.writeKey(folder.resolve("city.key"));
        write("streams.max: 1000");
        try (EmonaServer server = EmonaServer.start(read(), false, false, this::read)) {
            assertThat(server.address()).startsWith("https://localhost:");
            assertThat(status(server, first, "/health/live")).isEqualTo(200);
            assertThat(reload(0)).contains("no setting has changed");

            write("streams.max: 5\ncity.name: Kranj");
            second.writeCertificate(folder.resolve("city.pem"));
            second.writeKey(folder.resolve("city.key"));
            assertThat(reload(0))
                    .contains("  in effect  streams.max\n")
                    .contains("  waits      city.name, for a restart\n");
            assertThat(status(server, second, "/health/live")).isEqualTo(200);
            assertThat(reload(0)).doesNotContain("streams.max").contains("city.name");

            write("streams.max: many");
            assertThat(reload(1)).contains("streams.max: »many« is not right").contains("All stays as it is");
        }
    }
}
