package city.emona.vertical.source;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of asking for a document. */
sealed interface Fetched {
    /** The document is the one that the validators name. */
    record Unchanged() implements Fetched {}

    /**
     * A document.
     *
     * @param address where it finally was, behind redirects
     * @param headerCharset what the transport says about its encoding; null when it says nothing
     * @param links the header fields {@code Link}, joined with commas
     */
    @SuppressWarnings("ArrayRecordComponent") // because: a document is bytes, and nobody compares documents
    record Document(URI address, byte[] bytes, @Nullable Charset headerCharset, Validators validators, String links)
            implements Fetched {
        Document(URI address, byte[] bytes, @Nullable Charset headerCharset, Validators validators) {
            this(address, bytes, headerCharset, validators, "");
        }

        Optional<Charset> findHeaderCharset() {
            return Optional.ofNullable(headerCharset);
        }
    }

    /** What a server needs to tell that nothing has changed; empty texts for what it did not give. */
    record Validators(String etag, String lastModified) {
        static final Validators NONE = new Validators("", "");
    }
}
