package city.emona.vertical.source;

import city.emona.vertical.format.SourceFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plays the web with the files of a folder: an address below the base is a path, any other the name behind its last slash. */
final class FolderFetcher implements Fetcher {
    /** The address at which the folder is said to be. */
    static final URI BASE = URI.create("https://example.invalid/");

    private final Path folder;

    FolderFetcher(Path folder) {
        this.folder = folder;
    }

    @Override
    public Fetched fetch(Order order) throws SourceFailure {
        String path = order.address().getPath();
        boolean below = BASE.getHost().equals(order.address().getHost());
        String name = below ? path.substring(1) : path.substring(path.lastIndexOf('/') + 1);
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw new SourceFailure("V primeru ni datoteke " + name + ".", "The example has no file " + name + ".");
        }
        try {
            return new Fetched.Document(order.address(), Files.readAllBytes(file), null, Fetched.Validators.NONE);
        } catch (IOException e) {
            throw new SourceFailure(
                    "Datoteke " + name + " ni mogoče prebrati.",
                    "The file " + name + " cannot be read: " + e.getMessage());
        }
    }
}
