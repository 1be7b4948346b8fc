package city.emona.vertical;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version {@code major.minor.patch}: a new major breaks something, a new minor adds, a new patch repairs (semver.org). */
public record SemanticVersion(int major, int minor, int patch) implements Comparable<SemanticVersion> {
    private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})");
    private static final Comparator<SemanticVersion> ORDER = Comparator.comparingInt(SemanticVersion::major)
            .thenComparingInt(SemanticVersion::minor)
            .thenComparingInt(SemanticVersion::patch);

    /** The version in a text; empty when the text is none. */
    public static Optional<SemanticVersion> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SemanticVersion(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3))));
    }

    /** Whether programs written for this version may not work with another: another major, or before 1.0.0 another minor. */
    public boolean isBrokenBy(SemanticVersion next) {
        return next.compareTo(nextBreaking()) >= 0;
    }

    /** The first version that may break what works with this one. */
    public SemanticVersion nextBreaking() {
        return major > 0 ? new SemanticVersion(major + 1, 0, 0) : new SemanticVersion(0, minor + 1, 0);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
