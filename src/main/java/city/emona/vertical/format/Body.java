package city.emona.vertical.format;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A document as it came.
 *
 * @param declared the encoding that the source's declaration names; null for none
 * @param ofTransport the encoding that the transport names; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // because: a document is bytes, and nobody compares documents
public record Body(
        byte[] bytes, @Nullable Charset declared, @Nullable Charset ofTransport) {
    /** A document of which nothing else is known. */
    public static Body of(byte[] bytes) {
        return new Body(bytes, null, null);
    }

    /**
     * The document as text.
     *
     * @throws SourceFailure when the bytes are not in the encoding
     */
    public String text() throws SourceFailure {
        return Decoding.text(bytes, declared, ofTransport);
    }
}
