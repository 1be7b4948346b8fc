package city.emona.context;

import city.emona.problem.Problem;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** Checks a context without fetching those that it names (ETSI GS CIM 009 clauses 5.5.4 and 5.5.7). */
public final class ContextShape {
    private ContextDefinitions.Known known = ContextDefinitions.Known.NOTHING;

    private ContextShape() {}

    /**
     * What stands under {@code @context} in a document.
     *
     * @throws Problem of type InvalidRequest when there is no such member, BadRequestData when its value is no context
     */
    public static JsonNode require(JsonNode document) {
        JsonNode context = document.isObject() ? document.get("@context") : null;
        if (context == null) {
            throw Problem.invalidRequest("The document has no member @context.", "Send an object with that member.");
        }
        new ContextShape().check(context, true);
        return context;
    }

    private void check(JsonNode context, boolean mayBeArray) {
        if (context.isArray() && mayBeArray) {
            context.forEach(item -> check(item, false));
        } else if (context.isString()) {
            checkAddress(context.stringValue());
        } else if (context.isObject()) {
            if (context.has("@import")) {
                check(context.required("@import"), false);
            }
            known = ContextDefinitions.read(context, known);
        } else {
            throw Problem.badRequestData(
                    "The @context is neither an address nor an object nor an array of them.", "Correct the context.");
        }
    }

    private static void checkAddress(String address) {
        try {
            String scheme = URI.create(address).getScheme();
            if (scheme == null || scheme.equals("http") || scheme.equals("https")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw Problem.badRequestData(
                "»" + address + "« is not the address of a context.", "Use an absolute http or https address.");
    }
}
