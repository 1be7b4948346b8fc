package city.emona.context;

import city.emona.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one context object into term definitions (JSON-LD 1.1 section 4.2.2, as far as NGSI-LD names need it: term, prefix, keyword
 * alias and vocabulary). Containers and type coercions have no meaning for NGSI-LD names and are passed over.
 */
final class ContextDefinitions {
    private static final String GENERAL_DELIMITERS = ":/?#[]@";

    private final JsonNode context;
    private final Map<String, TermDefinition> before;
    private final Map<String, TermDefinition> finished = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final String vocabulary;

    private ContextDefinitions(JsonNode context, Known before) {
        this.context = context;
        this.before = before.terms();
        this.vocabulary = vocabulary(context.get("@vocab"), before.vocabulary());
    }

    /**
     * What contexts define so far.
     *
     * @param vocabulary what stands before the names of terms that are defined without an IRI
     */
    record Known(Map<String, TermDefinition> terms, String vocabulary) {
        static final Known NOTHING = new Known(Map.of(), CoreTerms.DEFAULT_VOCABULARY);
    }

    private static String vocabulary(@Nullable JsonNode vocab, String before) {
        if (vocab == null) {
            return before;
        }
        if (vocab.isNull()) {
            return CoreTerms.DEFAULT_VOCABULARY;
        }
        if (!vocab.isString()) {
            throw invalid("@vocab", "is no string");
        }
        return vocab.stringValue();
    }

    /**
     * The definitions of a context object, on top of those that came before it.
     *
     * @throws Problem of type BadRequestData when a definition is malformed or circular
     */
    static Known read(JsonNode context, Known before) {
        ContextDefinitions reader = new ContextDefinitions(context, before);
        for (String term : context.propertyNames()) {
            if (!term.startsWith("@")) {
                reader.define(term);
            }
        }
        Map<String, TermDefinition> result = new HashMap<>(before.terms());
        result.putAll(reader.finished);
        return new Known(result, reader.vocabulary);
    }

    private TermDefinition define(String term) {
        TermDefinition done = finished.get(term);
        if (done != null) {
            return done;
        }
        if (!underWay.add(term)) {
            throw invalid(term, "is defined by itself");
        }
        TermDefinition definition = read(term, context.required(term));
        finished.put(term, definition);
        return definition;
    }

    private TermDefinition read(String term, JsonNode value) {
        if (value.isNull()) {
            return new TermDefinition(null, false);
        }
        if (value.isString()) {
            String iri = expand(term, value.stringValue());
            boolean simple = term.indexOf(':') < 0 && term.indexOf('/') < 0;
            return new TermDefinition(iri, simple && endsWithDelimiter(iri));
        }
        if (!value.isObject()) {
            throw invalid(term, "is neither a string nor an object");
        }
        if (value.has("@context")) {
            throw invalid(term, "carries a context of its own, which NGSI-LD does not allow");
        }
        JsonNode id = value.get("@id");
        if (id == null) {
            return new TermDefinition(expand(term, term), false);
        }
        if (id.isNull()) {
            return new TermDefinition(null, false);
        }
        if (!id.isString()) {
            throw invalid(term, "has an @id that is no string");
        }
        JsonNode prefix = value.get("@prefix");
        return new TermDefinition(expand(term, id.stringValue()), prefix != null && prefix.asBoolean(false));
    }

    private static boolean endsWithDelimiter(String iri) {
        return !iri.isEmpty() && GENERAL_DELIMITERS.indexOf(iri.charAt(iri.length() - 1)) >= 0;
    }

    private String expand(String term, String value) {
        if (value.startsWith("@")) {
            return value;
        }
        int colon = value.indexOf(':');
        if (colon > 0) {
            String prefix = value.substring(0, colon);
            if (!value.startsWith("//", colon + 1) && !prefix.equals(term)) {
                TermDefinition definition = lookUp(prefix);
                if (definition != null && definition.prefix() && definition.iri() != null) {
                    return definition.iri() + value.substring(colon + 1);
                }
            }
            return value;
        }
        if (!value.equals(term)) {
            TermDefinition definition = lookUp(value);
            if (definition != null && definition.iri() != null) {
                return definition.iri();
            }
        }
        return vocabulary + value;
    }

    private @Nullable TermDefinition lookUp(String name) {
        return context.has(name) && !name.startsWith("@") ? define(name) : before.get(name);
    }

    private static Problem invalid(String term, String what) {
        return Problem.badRequestData(
                "The @context is not valid: the term »" + term + "« " + what + ".", "Correct the context.");
    }
}
