package city.emona.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the commands of a data folder which server has it open: the file {@code SERVER} in the folder holds the address, and a key that is
 * good while the server runs. Only the owner of the folder can read it.
 */
final class RunningServer {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /** A server that answers. */
    record Found(URI url, String key) {
        /** A request with the key. */
        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + key);
        }
    }

    RunningServer(Path data) {
        this.file = data.resolve("SERVER");
    }

    /** Records the address of this server, and the key of its commands. */
    void announce(String url, String key) {
        try {
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            Files.writeString(file, url + "\n" + key + "\n");
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

    /** The server that has the folder open and answers. */
    Optional<Found> find() throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            URI url = URI.create(lines.getFirst());
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/health/live"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? Optional.of(new Found(url, lines.get(1))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
