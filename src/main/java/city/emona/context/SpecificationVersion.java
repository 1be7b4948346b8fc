package city.emona.context;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the NGSI-LD specification, and what entities of that version can hold (ETSI GS CIM 009 clause 4.3.6.8).
 *
 * @param major the number before the dot
 * @param minor the number behind the dot
 */
public record SpecificationVersion(int major, int minor) implements Comparable<SpecificationVersion> {
    /** The version that this program follows. */
    public static final SpecificationVersion CURRENT = new SpecificationVersion(1, 9);

    private static final SpecificationVersion FIRST = new SpecificationVersion(1, 0);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /** The version of a text such as {@code 1.5}: the nearest one that can be given; empty when the text names none. */
    public static Optional<SpecificationVersion> findNearest(String text) {
        Matcher parts = VERSION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        SpecificationVersion asked =
                new SpecificationVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        return Optional.of(asked.compareTo(FIRST) < 0 ? FIRST : asked.compareTo(CURRENT) > 0 ? CURRENT : asked);
    }

    private boolean isAtLeast(int otherMinor) {
        return major > 1 || (major == 1 && minor >= otherMinor);
    }

    /** Whether entities have several types, attributes several instances, and instances datasets, times and units. */
    public boolean hasDatasets() {
        return isAtLeast(3);
    }

    boolean hasScopes() {
        return isAtLeast(4);
    }

    boolean hasObjectTypes() {
        return isAtLeast(8);
    }

    /** Whether valueType and expiresAt are known. */
    boolean hasValueTypesAndExpiry() {
        return isAtLeast(9);
    }

    /** The type as which an attribute is written. */
    AttributeType writtenAs(AttributeType type) {
        return switch (type) {
            case PROPERTY, GEO_PROPERTY, RELATIONSHIP -> type;
            case LANGUAGE_PROPERTY -> isAtLeast(4) ? type : AttributeType.PROPERTY;
            case JSON_PROPERTY, VOCAB_PROPERTY, LIST_PROPERTY -> isAtLeast(8) ? type : AttributeType.PROPERTY;
            case LIST_RELATIONSHIP -> isAtLeast(8) ? type : AttributeType.RELATIONSHIP;
        };
    }

    @Override
    public int compareTo(SpecificationVersion other) {
        return Comparator.comparingInt(SpecificationVersion::major)
                .thenComparingInt(SpecificationVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
