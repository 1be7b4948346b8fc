package city.emona.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body that is too large to be held, while it is sent. */
@FunctionalInterface
public interface BodyWriter {
    /**
     * Writes the body, as fast as the client takes it. A failure breaks the connection off, so that the client sees it.
     *
     * @throws IOException when the client is gone
     */
    void write(OutputStream out) throws IOException;
}
