package city.emona.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Tells the commands of a data folder which server has it open: the file {@code SERVER} in the folder holds the address. */
final class RunningServer {
    private final Path file;

    RunningServer(Path data) {
        this.file = data.resolve("SERVER");
    }

    /** Records the address of this server. */
    void announce(String url) {
        try {
            Files.writeString(file, url + "\n");
        } catch (IOException e) {
            throw new IllegalStateException("The file " + file + " cannot be written: " + e + ". Check the disk.", e);
        }
    }

    /** Removes the record. */
    void withdraw() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException("The file " + file + " cannot be removed: " + e + ".", e);
        }
    }

    /** The address of the server that has the folder open and answers. */
    Optional<URI> find() throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            URI url = URI.create(Files.readString(file).strip());
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/health/live"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? Optional.of(url) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
