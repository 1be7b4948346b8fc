package city.emona.vertical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which versions fit: comparisons that must all hold, such as {@code >=1.2 <3}, {@code ^1.4} (the same major) or {@code 1.4.0}. Parts left
 * out are zero.
 *
 * @param text as written
 */
public record VersionRange(String text, List<Bound> bounds) {
    /** Every version fits. */
    public static final VersionRange ANY = new VersionRange("*", List.of());

    private static final Pattern PART =
            Pattern.compile("(>=|<=|>|<|=|\\^)?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?");

    /** One comparison. */
    public record Bound(Sign sign, SemanticVersion version) {
        boolean holds(SemanticVersion other) {
            int order = other.compareTo(version);
            return switch (sign) {
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
                case ABOVE -> order > 0;
                case BELOW -> order < 0;
                case EXACTLY -> order == 0;
            };
        }
    }

    /** How a version is compared. */
    public enum Sign {
        AT_LEAST,
        AT_MOST,
        ABOVE,
        BELOW,
        EXACTLY
    }

    public VersionRange {
        bounds = List.copyOf(bounds);
    }

    /** The range in a text; empty when the text is none. */
    public static Optional<VersionRange> parse(String text) {
        if (text.strip().equals("*")) {
            return Optional.of(ANY);
        }
        List<Bound> bounds = new ArrayList<>();
        for (String part : text.strip().split("\\s+")) {
            Matcher parts = PART.matcher(part);
            if (!parts.matches()) {
                return Optional.empty();
            }
            SemanticVersion version =
                    new SemanticVersion(number(parts.group(2)), number(parts.group(3)), number(parts.group(4)));
            String sign = parts.group(1) == null ? "=" : parts.group(1);
            switch (sign) {
                case ">=" -> bounds.add(new Bound(Sign.AT_LEAST, version));
                case "<=" -> bounds.add(new Bound(Sign.AT_MOST, version));
                case ">" -> bounds.add(new Bound(Sign.ABOVE, version));
                case "<" -> bounds.add(new Bound(Sign.BELOW, version));
                case "^" -> {
                    bounds.add(new Bound(Sign.AT_LEAST, version));
                    bounds.add(new Bound(Sign.BELOW, version.nextBreaking()));
                }
                default -> bounds.add(new Bound(Sign.EXACTLY, version));
            }
        }
        return Optional.of(new VersionRange(text.strip(), bounds));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether a version fits. */
    public boolean holds(SemanticVersion version) {
        return bounds.stream().allMatch(bound -> bound.holds(version));
    }

    @Override
    public String toString() {
        return text;
    }
}
