package city.emona.api.ngsild;

import city.emona.context.Names;
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
    static final Set<String> MEMBERS = Set.of("id", "type", "scope");

    private static final Set<String> NOT_ATTRIBUTES =
            Set.of("id", "type", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt");

    private Representations() {}

    static Representation read(ApiRequest request, TermTable terms) {
        Set<String> options = request.options();
        Format format = request.parameter("format")
                .map(Representations::format)
                .orElseGet(() -> options.contains("concise")
                        ? Format.CONCISE
                        : options.contains("keyValues") || options.contains("simplified")
                                ? Format.SIMPLIFIED
                                : Format.NORMALIZED);
        Optional<String> attributes = request.parameter("attrs");
        Optional<String> pick = request.parameter("pick");
        Optional<String> omit = request.parameter("omit");
        Optional<String> datasets = request.parameter("datasetId");
        boolean system = options.contains("sysAttrs");
        if (attributes.isEmpty() && pick.isEmpty() && omit.isEmpty() && datasets.isEmpty()) {
            return system || format != Format.NORMALIZED
                    ? new Representation(format, system, null, Set.of(), null)
                    : Representation.NORMALIZED;
        }
        if (attributes.isPresent() && (pick.isPresent() || omit.isPresent())) {
            throw Problem.badRequestData("attrs was sent together with pick or omit.", "Use pick and omit alone.");
        }
        Set<String> picked = pick.map(list -> members("pick", list, terms))
                .or(() -> attributes.map(list -> withIdentity(attributes(list, terms))))
                .orElse(null);
        Set<String> omitted = omit.map(list -> members("omit", list, terms)).orElse(Set.of());
        if (picked != null && omitted.stream().anyMatch(picked::contains)) {
            throw Problem.badRequestData("A member is in pick and in omit.", "Name it in one of them.");
        }
        return new Representation(
                format,
                system,
                picked,
                omitted,
                datasets.map(Representations::datasets).orElse(null));
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

    private static Set<String> withIdentity(Set<String> attributes) {
        Set<String> members = new HashSet<>(attributes);
        members.addAll(MEMBERS);
        return members;
    }

    private static Set<String> members(String parameter, String list, TermTable terms) {
        Set<String> members = new HashSet<>();
        for (String name : list.split("[,|]", -1)) {
            members.add(
                    MEMBERS.contains(name)
                            ? name
                            : terms.expand(Names.requireName(name, "In " + parameter + ", the member")));
        }
        return members;
    }

    private static Set<String> datasets(String list) {
        Set<String> datasets = new HashSet<>();
        for (String id : list.split(",", -1)) {
            datasets.add(id.equals("@none") ? "" : Names.requireUri(id, "The datasetId"));
        }
        return datasets;
    }
}
