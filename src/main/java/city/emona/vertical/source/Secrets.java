package city.emona.vertical.source;

import city.emona.vertical.format.SourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that the operator keeps for the sources. Each belongs to one vertical, so that none can ask for another's: the secret
 * {@code key} of {@code parking} is the environment variable {@code EMONA_SECRET_PARKING_KEY}, or the file {@code parking/key} of the
 * folder.
 */
public final class Secrets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_BYTES = 10_000;

    private final Path folder;
    private final Map<String, String> environment;

    public Secrets(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** No secrets at all. */
    public static Secrets none() {
        return new Secrets(Path.of("no-secrets"), Map.of());
    }

    /**
     * A secret, read anew each time, so that it can be changed while the program runs.
     *
     * @throws SourceFailure when it is not kept
     */
    String get(String vertical, String name) throws SourceFailure {
        String variable = "EMONA_SECRET_"
                + (vertical + "_" + name).toUpperCase(Locale.ROOT).replace('-', '_');
        String value = environment.get(variable);
        if (value == null && NAME.matcher(name).matches()) {
            value = ofFile(folder.resolve(vertical).resolve(name));
        }
        if (value == null || value.isEmpty()) {
            throw new SourceFailure(
                    "Skrivnosti »" + name + "« ni: nastavite " + variable + " ali datoteko " + vertical + "/" + name
                            + " v mapi skrivnosti.",
                    "There is no secret »" + name + "«: set " + variable + ", or the file " + vertical + "/" + name
                            + " of the folder of secrets.");
        }
        return value;
    }

    private static @Nullable String ofFile(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? Files.readString(file).strip()
                    : null;
        } catch (IOException _) {
            return null;
        }
    }
}
