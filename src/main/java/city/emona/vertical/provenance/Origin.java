package city.emona.vertical.provenance;

import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What turned a document into values.
 *
 * @param source the id of the source's entity: {@code urn:ngsi-ld:DataSource:bike-sharing:gbfs}
 * @param vertical the id of the vertical
 * @param version of the vertical's package
 * @param mapping the mapping's file in the package
 * @param digest the SHA-256 of the mapping in hexadecimal: two versions may share one, and a city may have changed it
 */
public record Origin(String source, String vertical, String version, String mapping, String digest) {
    /** The origin of what a source of a vertical gives now. */
    public static Origin of(String source, Vertical vertical, SourceSpec spec) {
        return new Origin(
                source,
                vertical.id(),
                vertical.version().toString(),
                spec.mapping().file(),
                sha256(spec.mapping().expression()));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
