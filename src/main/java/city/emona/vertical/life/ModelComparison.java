package city.emona.vertical.life;

import city.emona.context.Contexts;
import city.emona.context.TermTable;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Models;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What of two versions of models would break those who rely on the older. */
final class ModelComparison {
    private final Models before;
    private final TermTable terms;
    private final List<Break> breaks = new ArrayList<>();

    /**
     * Something that breaks.
     *
     * @param term the short name of the type or attribute
     * @param iri its expanded name, by which others rely on it
     */
    record Break(String term, String iri, LocalizedText what) {}

    private ModelComparison(Models before, TermTable terms) {
        this.before = before;
        this.terms = terms;
    }

    /** All that breaks, terms first. */
    static List<Break> breaks(Models before, Models after, Contexts contexts) {
        ModelComparison comparison = new ModelComparison(before, contexts.compile(before.context()));
        comparison.compareTerms(after, contexts.compile(after.context()));
        for (Models.EntityType type : before.types()) {
            after.findType(type.term())
                    .ifPresentOrElse(
                            next -> comparison.compareSchemas(type.term(), "", type.schema(), next.schema()),
                            () -> comparison.add(
                                    type.term(),
                                    "tip " + type.term() + " ne obstaja več",
                                    "the type " + type.term() + " is gone"));
        }
        return comparison.breaks;
    }

    private void add(String term, String sl, String en) {
        breaks.add(new Break(term, terms.expand(term), new LocalizedText(sl, en)));
    }

    private void compareTerms(Models after, TermTable afterTerms) {
        before.context().properties().forEach(defined -> {
            String term = defined.getKey();
            JsonNode next = after.context().get(term);
            if (term.startsWith("@")) {
                return;
            }
            if (next == null) {
                add(term, "izraz " + term + " ne obstaja več", "the term " + term + " is gone");
            } else if (!terms.expand(term).equals(afterTerms.expand(term))
                    || !defined.getValue().path("@type").equals(next.path("@type"))) {
                add(term, "izraz " + term + " pomeni nekaj drugega", "the term " + term + " means something else");
            }
        });
    }

    private void compareSchemas(String type, String path, JsonNode older, JsonNode newer) {
        Set<String> required = names(older.path("required"));
        for (String name : names(newer.path("required"))) {
            if (!required.contains(name)) {
                add(
                        first(path, name),
                        type + ": " + path + name + " postane obvezen",
                        type + ": " + path + name + " becomes required");
            }
        }
        for (String name : older.path("properties").propertyNames()) {
            JsonNode next = newer.path("properties").path(name);
            if (next.isMissingNode()) {
                add(
                        first(path, name),
                        type + ": " + path + name + " ne obstaja več",
                        type + ": " + path + name + " is gone");
            } else {
                compareProperty(type, path, name, older.path("properties").path(name), next);
            }
        }
    }

    private void compareProperty(String type, String path, String name, JsonNode older, JsonNode newer) {
        if (!names(older.path("type")).equals(names(newer.path("type")))) {
            add(
                    first(path, name),
                    type + ": " + path + name + " je druge vrste",
                    type + ": " + path + name + " has another type");
        }
        Set<String> values = names(newer.path("enum"));
        if (newer.has("enum") && (!older.has("enum") || !values.containsAll(names(older.path("enum"))))) {
            add(
                    first(path, name),
                    type + ": " + path + name + " ima manj možnih vrednosti",
                    type + ": " + path + name + " has fewer possible values");
        }
        compareSchemas(type, path + name + ".", older, newer);
        if (older.has("items") && newer.has("items")) {
            compareProperty(type, path + name, "[]", older.path("items"), newer.path("items"));
        }
    }

    private static String first(String path, String name) {
        return path.isEmpty() ? name : path.replaceFirst("[.\\[].*$", "");
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new HashSet<>();
        if (node.isArray()) {
            node.forEach(name -> names.add(name.isString() ? name.stringValue() : name.toString()));
        } else if (node.isString()) {
            names.add(node.stringValue());
        }
        return names;
    }
}
