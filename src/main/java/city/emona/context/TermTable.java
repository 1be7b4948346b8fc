package city.emona.context;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON-LD context, compiled: terms to IRIs and back. The terms of the core context always win (ETSI GS CIM 009 clause 5.5.5). Immutable
 * and safe for use by many threads; two tables are equal only when they are the same object.
 */
public final class TermTable {
    private static final TermTable CORE = new TermTable(Map.of(), Json.array(), null);

    /** How many compacted names a table remembers; beyond that it computes. */
    private static final int MEMORY = 10_000;

    /** How many expanded names a table remembers; clients can invent them, so they are few and short. */
    private static final int MOST_EXPANDED = 1_000;

    private static final int LONGEST_EXPANDED = 60;

    private final Map<String, TermDefinition> definitions;
    private final Map<String, String> termByIri = new HashMap<>();
    private final List<Map.Entry<String, String>> prefixes;
    private final ConcurrentHashMap<String, String> compacted = new ConcurrentHashMap<>();

    /** Names that were expanded: the same object each time, so that it is hashed once and compared at a glance. */
    private final ConcurrentHashMap<String, String> expanded = new ConcurrentHashMap<>();

    private final JsonNode userContext;
    private final @Nullable String link;

    /**
     * @param user the definitions of the caller's context
     * @param userContext what the caller wrote under {@code @context}
     * @param link the one address of the caller's context; null where it has none
     */
    TermTable(Map<String, TermDefinition> user, JsonNode userContext, @Nullable String link) {
        Map<String, TermDefinition> all = new HashMap<>(user);
        all.putAll(CoreDefinitions.TERMS);
        this.definitions = Map.copyOf(all);
        this.userContext = userContext;
        this.link = link;
        definitions.forEach((term, definition) -> {
            if (definition.iri() != null && !definition.iri().startsWith("@")) {
                termByIri.merge(definition.iri(), term, TermTable::better);
            }
        });
        this.prefixes = definitions.entrySet().stream()
                .filter(e -> e.getValue().prefix() && e.getValue().iri() != null)
                .map(e -> Map.entry(e.getKey(), String.valueOf(e.getValue().iri())))
                .toList();
    }

    private static final class CoreDefinitions {
        static final Map<String, TermDefinition> TERMS = ContextDefinitions.read(
                        CoreTerms.DOCUMENT.required("@context"), ContextDefinitions.Known.NOTHING)
                .terms();
    }

    /** The core context alone. */
    public static TermTable core() {
        return CORE;
    }

    /** JSON-LD prefers the shortest term, and among those the first in order. */
    private static String better(String one, String other) {
        if (one.length() != other.length()) {
            return one.length() < other.length() ? one : other;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * The IRI of a term, a prefixed name or an IRI; a term without definition belongs to the default vocabulary.
     *
     * @throws Problem of type BadRequestData when the context takes the name away, or gives it to a keyword of JSON-LD
     */
    public String expand(String name) {
        String known = expanded.get(name);
        return known == null ? expandAnew(name) : known;
    }

    private String expandAnew(String name) {
        String iri = resolve(name);
        if (iri == null) {
            throw Problem.badRequestData(
                    "The @context gives the name »" + name + "« no meaning.", "Use another name, or another context.");
        }
        if (name.length() <= LONGEST_EXPANDED && expanded.size() < MOST_EXPANDED) {
            expanded.put(name, iri);
        }
        return iri;
    }

    private @Nullable String resolve(String name) {
        TermDefinition definition = definitions.get(name);
        if (definition != null) {
            String iri = definition.iri();
            return iri == null || iri.startsWith("@") ? null : iri;
        }
        int colon = name.indexOf(':');
        if (colon < 0) {
            return CoreTerms.DEFAULT_VOCABULARY + name;
        }
        if (colon > 0 && !name.startsWith("//", colon + 1)) {
            TermDefinition prefix = definitions.get(name.substring(0, colon));
            if (prefix != null && prefix.prefix() && prefix.iri() != null) {
                return prefix.iri() + name.substring(colon + 1);
            }
        }
        return name;
    }

    /** Whether a term can stand before a colon as the prefix of other names. */
    public boolean isPrefix(String term) {
        TermDefinition definition = definitions.get(term);
        return definition != null && definition.prefix() && definition.iri() != null;
    }

    /** The shortest name that {@link #expand} turns back into this IRI. */
    public String compact(String iri) {
        String known = compacted.get(iri);
        if (known != null) {
            return known;
        }
        String name = compactAnew(iri);
        if (compacted.size() < MEMORY) {
            compacted.put(iri, name);
        }
        return name;
    }

    private String compactAnew(String iri) {
        String term = termByIri.get(iri);
        if (term != null) {
            return term;
        }
        if (iri.startsWith(CoreTerms.DEFAULT_VOCABULARY)) {
            String suffix = iri.substring(CoreTerms.DEFAULT_VOCABULARY.length());
            if (!suffix.isEmpty() && iri.equals(resolve(suffix))) {
                return suffix;
            }
        }
        String best = null;
        for (Map.Entry<String, String> prefix : prefixes) {
            String start = prefix.getValue();
            if (iri.length() > start.length() && iri.startsWith(start)) {
                String candidate = prefix.getKey() + ":" + iri.substring(start.length());
                if (!definitions.containsKey(candidate) && iri.equals(resolve(candidate))) {
                    best = best == null ? candidate : better(best, candidate);
                }
            }
        }
        return best == null ? iri : best;
    }

    /** Whether the caller gave no context beyond the core. */
    public boolean isCoreOnly() {
        return userContext.isEmpty() && link == null;
    }

    /** What stands under {@code @context} in an answer: the caller's context, or the core's address where there is none. */
    public JsonNode contextMember() {
        if (isCoreOnly()) {
            return Json.array().add(CoreTerms.URL).get(0);
        }
        return userContext.isArray() && userContext.size() == 1 ? userContext.get(0) : userContext;
    }

    /** Whether a Link header can name the context: it has one address, or is the core context alone. */
    public boolean hasAddress() {
        return link != null || isCoreOnly();
    }

    /** The address for the Link header of an answer: the caller's, or the core's. */
    public String linkTarget() {
        return link == null ? CoreTerms.URL : link;
    }
}
