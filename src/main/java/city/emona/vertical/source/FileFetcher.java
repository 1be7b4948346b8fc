package city.emona.vertical.source;

import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Fetched.Validators;
import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Gets documents from files of this machine; a file is read again when its time or its size has changed. */
final class FileFetcher implements Fetcher {
    @Override
    public Fetched fetch(Order order) throws SourceFailure {
        Path file;
        try {
            file = Path.of(order.address());
        } catch (IllegalArgumentException | FileSystemNotFoundException _) {
            throw new SourceFailure(
                    "»" + order.address() + "« ni datoteka.", "»" + order.address() + "« is not a file.");
        }
        try {
            long size = Files.size(file);
            Validators validators = new Validators("", Files.getLastModifiedTime(file) + " " + size);
            if (validators.equals(order.known())) {
                return new Fetched.Unchanged();
            }
            if (size > order.maxBytes()) {
                throw new SourceFailure(
                        "Datoteka je večja od " + order.maxBytes() + " bajtov.",
                        "The file is larger than " + order.maxBytes() + " bytes.");
            }
            return new Fetched.Document(order.address(), Files.readAllBytes(file), null, validators);
        } catch (NoSuchFileException _) {
            throw new SourceFailure("Datoteke " + file + " ni.", "There is no file " + file + ".");
        } catch (IOException e) {
            throw new SourceFailure(
                    "Datoteke " + file + " ni mogoče prebrati: " + e.getMessage() + ".",
                    "The file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
