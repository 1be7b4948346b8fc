package city.emona.query;

import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what clauses 4.17 and 4.19 share: elements joined by {@code ,} or {@code |} for either and by {@code ;} for both, with parentheses.
 * The result is a list of alternatives, of each of which all elements must hold.
 */
final class Selections<T> {
    private static final int MAX_ALTERNATIVES = 100;
    private static final int MAX_NESTING = 20;

    private final String text;
    private final String what;
    private final String remedy;
    private final Function<String, T> element;
    private int at;

    private Selections(String text, String what, String remedy, Function<String, T> element) {
        this.text = text;
        this.what = what;
        this.remedy = remedy;
        this.element = element;
    }

    /**
     * Reads alternatives.
     *
     * @param what what the text is, as it follows »is not«
     * @param remedy what to write instead
     * @param element reads an element, which is never empty
     * @throws Problem of type BadRequestData
     */
    static <T> List<Set<T>> parse(String text, String what, String remedy, Function<String, T> element) {
        Selections<T> parser = new Selections<>(text, what, remedy, element);
        List<Set<T>> result = parser.or(0);
        if (parser.at < text.length()) {
            throw parser.invalid();
        }
        return result;
    }

    private List<Set<T>> or(int depth) {
        List<Set<T>> result = new ArrayList<>(and(depth));
        while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '|')) {
            at++;
            result.addAll(and(depth));
            requireFew(result.size());
        }
        return result;
    }

    private List<Set<T>> and(int depth) {
        List<Set<T>> result = one(depth);
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            result = product(result, one(depth));
        }
        return result;
    }

    private List<Set<T>> product(List<Set<T>> left, List<Set<T>> right) {
        requireFew(left.size() * right.size());
        List<Set<T>> result = new ArrayList<>();
        for (Set<T> one : left) {
            for (Set<T> other : right) {
                Set<T> both = new LinkedHashSet<>(one);
                both.addAll(other);
                result.add(both);
            }
        }
        return result;
    }

    private List<Set<T>> one(int depth) {
        if (depth > MAX_NESTING) {
            throw invalid();
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            List<Set<T>> inner = or(depth + 1);
            if (at >= text.length() || text.charAt(at) != ')') {
                throw invalid();
            }
            at++;
            return inner;
        }
        int start = at;
        while (at < text.length() && ",|;()".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw invalid();
        }
        return List.of(Set.of(element.apply(text.substring(start, at))));
    }

    private void requireFew(int alternatives) {
        if (alternatives > MAX_ALTERNATIVES) {
            throw ConditionParser.tooComplex("made of more than " + MAX_ALTERNATIVES + " alternatives of " + what);
        }
    }

    Problem invalid() {
        return Problem.badRequestData("»" + text + "« is not " + what + ".", remedy);
    }
}
