package city.emona.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.config.Configuration;
import city.emona.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerticalsFolderTest {
    @TempDir
    Path folder;

    private EmonaServer start(String verticals) {
        return EmonaServer.startOpen(
                Configuration.read(
                        Settings.ALL,
                        null,
                        Map.of(
                                "server.port",
                                "0",
                                "data.folder",
                                folder.resolve("data").toString(),
                                "verticals.folder",
                                verticals)),
                false);
    }

    @Test
    void startsEmptyWithAnEmptyFolder() throws IOException, InterruptedException {
        Path empty = Files.createDirectory(folder.resolve("none"));
        try (EmonaServer server = start(empty.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            URI types = URI.create("http://127.0.0.1:" + server.port() + "/ngsi-ld/v1/types");
            byte[] body = client.send(HttpRequest.newBuilder(types).build(), BodyHandlers.ofByteArray())
                    .body();
            assertThat(Json.parse(body).get("typeList")).isEmpty();
        }
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        assertThatThrownBy(() -> start(folder.resolve("nowhere").toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("verticals.folder");
    }
}
