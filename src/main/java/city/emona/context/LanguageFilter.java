package city.emona.context;

import city.emona.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The languages that a reader prefers (ETSI GS CIM 009 clause 4.15), in the form of RFC 3282 with weights.
 *
 * @param ranges the language ranges in lower case, the preferred first; {@code *} for any
 * @param refused the ranges that the reader gave the weight 0
 */
public record LanguageFilter(List<String> ranges, List<String> refused) {
    private static final Pattern RANGE =
            Pattern.compile("\\s*(\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\\s*(?:;\\s*[qQ]\\s*=\\s*(.*?)\\s*)?");
    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final String NONE = "@none";
    private static final int MAX_RANGES = 50;

    public LanguageFilter {
        ranges = List.copyOf(ranges);
        refused = List.copyOf(refused);
    }

    private record Weighted(String range, double weight) {}

    /**
     * Reads a list such as {@code sl,en;q=0.8,*;q=0.5}.
     *
     * @throws Problem of type BadRequestData when it is none
     */
    public static LanguageFilter parse(String text) {
        List<Weighted> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches() || all.size() == MAX_RANGES) {
                throw invalid(text);
            }
            String weight = range.group(2) == null ? "1" : range.group(2);
            if (!WEIGHT.matcher(weight).matches()) {
                throw invalid(text);
            }
            all.add(new Weighted(range.group(1).toLowerCase(Locale.ROOT), Double.parseDouble(weight)));
        }
        return new LanguageFilter(
                all.stream()
                        .filter(w -> w.weight > 0)
                        .sorted(Comparator.comparingDouble(Weighted::weight).reversed())
                        .map(Weighted::range)
                        .toList(),
                all.stream().filter(w -> w.weight == 0).map(Weighted::range).toList());
    }

    private static Problem invalid(String text) {
        return Problem.badRequestData(
                "»" + text + "« is not a list of languages.", "Write language tags, such as sl,en;q=0.8,*;q=0.5.");
    }

    /**
     * The tag of a language map that suits best: the first range that equals a tag, begins one, or does so when it is shortened (RFC 4647
     * section 3.4); else {@code @none}; else any.
     */
    String choose(JsonNode languageMap) {
        for (String range : ranges) {
            if (range.equals("*")) {
                break;
            }
            Optional<String> found = lookUp(range, languageMap);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (languageMap.has(NONE)) {
            return NONE;
        }
        String any = "";
        for (String tag : languageMap.propertyNames()) {
            if (!isRefused(tag)) {
                return tag;
            }
            any = any.isEmpty() ? tag : any;
        }
        return any;
    }

    private static Optional<String> lookUp(String range, JsonNode languageMap) {
        Optional<String> longer = Optional.empty();
        String shortened = range;
        while (true) {
            for (String tag : languageMap.propertyNames()) {
                String lower = tag.toLowerCase(Locale.ROOT);
                if (lower.equals(shortened)) {
                    return Optional.of(tag);
                }
                if (longer.isEmpty() && lower.startsWith(range + "-")) {
                    longer = Optional.of(tag);
                }
            }
            if (longer.isPresent()) {
                return longer;
            }
            int hyphen = shortened.lastIndexOf('-');
            if (hyphen < 0) {
                return Optional.empty();
            }
            shortened = shortened.substring(0, hyphen);
        }
    }

    private boolean isRefused(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT);
        return refused.stream().anyMatch(range -> lower.equals(range) || lower.startsWith(range + "-"));
    }
}
