package city.emona.api.ngsild;

import city.emona.context.LanguageFilter;
import city.emona.context.Names;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.Representation.Format;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads how a client wants entities to be shown (clauses 4.21, 6.3.7 and 6.3.11). */
final class Representations {
    private static final Set<String> NOT_ATTRIBUTES =
            Set.of("id", "type", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt");

    private Representations() {}

    static Representation read(ApiRequest request, TermTable terms) {
        Set<String> options = request.options();
        return read(
                request,
                terms,
                request.parameter("format")
                        .map(Representations::format)
                        .orElseGet(() -> options.contains("concise")
                                ? Format.CONCISE
                                : options.contains("keyValues") || options.contains("simplified")
                                        ? Format.SIMPLIFIED
                                        : Format.NORMALIZED));
    }

    /** All but the format, which is known. */
    static Representation read(ApiRequest request, TermTable terms, Format format) {
        boolean system = request.options().contains("sysAttrs");
        Representation representation = system || format != Format.NORMALIZED
                ? Representation.NORMALIZED.withFormat(format).withSystemAttributes(system)
                : Representation.NORMALIZED;
        Projection projection = projection(request, terms);
        if (!projection.equals(Projection.ALL)) {
            representation = representation.withProjection(projection);
        }
        Optional<String> datasets = request.parameter("datasetId");
        if (datasets.isPresent()) {
            representation = representation.withDatasets(datasets(datasets.get()));
        }
        Optional<String> languages = request.parameter("lang");
        return languages.isPresent()
                ? representation.withLanguages(LanguageFilter.parse(languages.get()))
                : representation;
    }

    private static Projection projection(ApiRequest request, TermTable terms) {
        Optional<String> attributes = request.parameter("attrs");
        Optional<String> pick = request.parameter("pick");
        Optional<String> omit = request.parameter("omit");
        if (attributes.isPresent()) {
            if (pick.isPresent() || omit.isPresent()) {
                throw Problem.badRequestData("attrs was sent together with pick or omit.", "Use pick and omit alone.");
            }
            return Projection.ofAttributes(attributes(attributes.get(), terms));
        }
        return pick.isEmpty() && omit.isEmpty()
                ? Projection.ALL
                : Projection.parse(pick.orElse(null), omit.orElse(null), terms::expand);
    }

    private static Format format(String text) {
        return switch (text) {
            case "normalized" -> Format.NORMALIZED;
            case "concise" -> Format.CONCISE;
            case "simplified", "keyValues" -> Format.SIMPLIFIED;
            default -> throw new IllegalArgumentException("the format " + text + " was let through");
        };
    }

    /** The expanded names of a list of attributes. */
    static Set<String> attributes(String list, TermTable terms) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : list.split(",", -1)) {
            if (NOT_ATTRIBUTES.contains(name)) {
                throw Problem.badRequestData("»" + name + "« is no attribute.", "Name attributes of the entities.");
            }
            names.add(terms.expand(Names.requireName(name, "The attribute")));
        }
        return names;
    }

    private static Set<String> datasets(String list) {
        Set<String> datasets = new HashSet<>();
        for (String id : list.split(",", -1)) {
            datasets.add(id.equals("@none") ? "" : Names.requireUri(id, "The datasetId"));
        }
        return datasets;
    }
}
