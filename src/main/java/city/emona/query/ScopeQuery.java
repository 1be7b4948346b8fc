package city.emona.query;

import city.emona.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which scopes a query asks for (ETSI GS CIM 009 clause 4.19), as alternatives: an entity is selected when, for at least one of them, each
 * of its patterns fits one of the entity's scopes.
 *
 * @param alternatives non-empty sets of patterns
 */
public record ScopeQuery(List<Set<ScopePattern>> alternatives) {
    private static final Pattern LEVEL = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]*");
    private static final String REMEDY =
            "Write /Level/Level, + for any one level, /# at the end for all below, A,B for either and (A;B) for both.";

    /** What stands for any one level. */
    public static final String ANY_LEVEL = "+";

    public ScopeQuery {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * A scope with wildcards.
     *
     * @param levels names of levels, or {@link #ANY_LEVEL}
     * @param below whether the scopes below fit too; without levels, every scope fits
     */
    public record ScopePattern(List<String> levels, boolean below) {
        public ScopePattern {
            levels = List.copyOf(levels);
        }

        /** The scope above all that fit, or the one that fits, with its leading slash; empty where any scope may fit. */
        public String literalStart() {
            StringBuilder start = new StringBuilder();
            for (String level : levels) {
                if (level.equals(ANY_LEVEL)) {
                    break;
                }
                start.append('/').append(level);
            }
            return start.toString();
        }

        /** Whether a scope, with its leading slash, fits. */
        public boolean matches(String scope) {
            int at = 0;
            for (String level : levels) {
                if (at >= scope.length() || scope.charAt(at) != '/') {
                    return false;
                }
                int end = scope.indexOf('/', at + 1);
                if (end < 0) {
                    end = scope.length();
                }
                boolean fits =
                        level.equals(ANY_LEVEL) || (level.length() == end - at - 1 && scope.startsWith(level, at + 1));
                if (!fits) {
                    return false;
                }
                at = end;
            }
            return at == scope.length() || below;
        }
    }

    /**
     * Reads {@code /A/B}, {@code /A/+/C}, {@code /A/#}, {@code /#}, {@code A,B} or {@code A|B}, and {@code (A;B)}.
     *
     * @throws Problem of type BadRequestData when the text is no scope query, TooComplexQuery when it has too many alternatives
     */
    public static ScopeQuery parse(String text) {
        return new ScopeQuery(Selections.parse(text, "a scope query", REMEDY, ScopeQuery::pattern));
    }

    private static ScopePattern pattern(String text) {
        String path = text.startsWith("/") ? text.substring(1) : text;
        boolean below = path.equals("#") || path.endsWith("/#");
        String levels = path.equals("#") ? "" : below ? path.substring(0, path.length() - 2) : path;
        List<String> names = levels.isEmpty() && below
                ? List.of()
                : Stream.of(levels.split("/", -1))
                        // a plus that was not encoded arrives as a space
                        .map(name -> name.equals(" ") ? ANY_LEVEL : name)
                        .toList();
        for (String name : names) {
            if (!name.equals(ANY_LEVEL) && !LEVEL.matcher(name).matches()) {
                throw Problem.badRequestData("»" + text + "« is not a scope of a scope query.", REMEDY);
            }
        }
        return new ScopePattern(names, below);
    }

    /** Whether an entity with these scopes, each with its leading slash, is selected. */
    public boolean matches(List<String> scopes) {
        for (Set<ScopePattern> all : alternatives) {
            if (all.stream().allMatch(pattern -> scopes.stream().anyMatch(pattern::matches))) {
                return true;
            }
        }
        return false;
    }
}
