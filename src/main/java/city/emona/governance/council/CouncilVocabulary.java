package city.emona.governance.council;

import city.emona.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/** The names with which the council's register speaks, expanded, and the JSON-LD context that shortens them. */
public final class CouncilVocabulary {
    /** Where this server publishes the context. */
    public static final String CONTEXT_PATH = "/contexts/governance.jsonld";

    /** The name space of the city's own affairs. */
    public static final String NAMESPACE = "https://emona.city/ns/";

    public static final String INITIATIVE = NAMESPACE + "Initiative";
    public static final String ANSWER = NAMESPACE + "Answer";

    public static final String BODY = NAMESPACE + "Body";

    /** The title of an initiative: a term of Dublin Core, which the core context has. */
    public static final String TITLE = "http://purl.org/dc/terms/title";

    /** From an answer to its initiative. */
    public static final String ANSWERS = NAMESPACE + "answers";

    private static final JsonNode DOCUMENT = readDocument();

    private CouncilVocabulary() {}

    /** The expanded name of a term of the context. */
    public static String name(String term) {
        return context().required(term).stringValue().replaceFirst("^emona:", NAMESPACE);
    }

    /** What stands under {@code @context}. */
    public static JsonNode context() {
        return DOCUMENT.required("@context");
    }

    /** The context's document, with the member {@code @context}. */
    public static JsonNode contextDocument() {
        return DOCUMENT;
    }

    private static JsonNode readDocument() {
        try (InputStream in = CouncilVocabulary.class.getResourceAsStream("/city/emona/governance/governance.jsonld")) {
            if (in == null) {
                throw new IllegalStateException("governance.jsonld is missing on the class path");
            }
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
