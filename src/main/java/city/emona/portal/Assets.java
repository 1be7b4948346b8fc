package city.emona.portal;

import city.emona.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The files of the front end, as the bundler made them: each has a hash of its content in its name. */
public final class Assets {
    /** Where the files live. */
    public static final String PATH = "/assets/";

    private final Map<String, String> hrefs;

    private Assets(Map<String, String> hrefs) {
        this.hrefs = hrefs;
    }

    /** Reads the list of files that the build put on the class path. */
    public static Assets load() {
        try (InputStream in = Assets.class.getResourceAsStream("/web/manifest.json")) {
            if (in == null) {
                throw new IllegalStateException(
                        "The front end is not built: web/manifest.json is missing on the class path. Build with ./emona.");
            }
            JsonNode manifest = Json.parse(in.readAllBytes());
            Map<String, String> hrefs = new HashMap<>();
            manifest.forEachEntry((name, file) -> hrefs.put(name, PATH + file.stringValue()));
            return new Assets(hrefs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a file by its name without the hash: {@code app.css}. */
    public String href(String name) {
        String href = hrefs.get(name);
        if (href == null) {
            throw new IllegalArgumentException("the front end has no file " + name);
        }
        return href;
    }
}
