package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.vertical.InstallSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets of a data folder: an environment variable such as {@code EMONA_SECRET_AIR_QUALITY_APIKEY}, else a file of the folder
 * {@code secrets} that its owner alone can read. Ledgers and plans know only that there is one.
 */
public final class SecretFiles implements InstallSecrets {
    private static final FileAttribute<?>[] OWNER_ONLY_FILE = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    private static final FileAttribute<?>[] OWNER_ONLY_FOLDER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;

    /** @param environment gives the value of an environment variable, or null */
    public SecretFiles(Path dataFolder, UnaryOperator<@Nullable String> environment) {
        this.folder = dataFolder.resolve("secrets");
        this.environment = environment;
    }

    /** The environment variable that answers a question. */
    public static String variable(String vertical, String question) {
        return "EMONA_SECRET_"
                + (vertical + "_" + question).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public Optional<String> find(String vertical, String question) {
        String set = environment.apply(variable(vertical, question));
        if (set != null && !set.isEmpty()) {
            return Optional.of(set);
        }
        JsonNode kept = read(vertical).path(question);
        return kept.isString() ? Optional.of(kept.stringValue()) : Optional.empty();
    }

    private Path file(String vertical) {
        return folder.resolve(vertical + ".json");
    }

    private ObjectNode read(String vertical) {
        try {
            Path file = file(vertical);
            return Files.exists(file) && Json.parse(Files.readAllBytes(file)) instanceof ObjectNode known
                    ? known
                    : Json.object();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps secrets of a vertical beside those that it has. */
    void put(String vertical, Map<String, String> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        ObjectNode all = read(vertical);
        secrets.forEach(all::put);
        try {
            Files.createDirectories(folder.getParent());
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OWNER_ONLY_FOLDER);
            }
            Path temporary = Files.createTempFile(folder, "new-", ".json", OWNER_ONLY_FILE);
            Files.write(temporary, Json.bytes(all));
            Files.move(temporary, file(vertical), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets the secrets of a vertical. */
    void forget(String vertical) {
        try {
            Files.deleteIfExists(file(vertical));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
