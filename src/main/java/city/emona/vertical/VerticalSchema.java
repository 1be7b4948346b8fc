package city.emona.vertical;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The JSON Schema of {@code vertical.yaml}, for editors; a test keeps it and the reader at one. */
public final class VerticalSchema {
    /** Where it is published. */
    public static final String PATH = "/schemas/vertical.schema.json";

    private VerticalSchema() {}

    /** The schema as JSON in UTF-8. */
    public static byte[] bytes() {
        try (InputStream in = VerticalSchema.class.getResourceAsStream("vertical.schema.json")) {
            return Objects.requireNonNull(in, "the schema is part of the program")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
