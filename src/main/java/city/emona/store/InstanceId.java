package city.emona.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells an instance in the history of an attribute from all others: {@code instanceId} of ETSI GS CIM 009 clause 4.5.7. The store gives
 * it when it writes the instance, and it stays when the instance is changed.
 *
 * @param recordedAt when the instance was written, in epoch milliseconds
 * @param number counts what was written in that millisecond
 * @param index counts the instances that were written together
 */
public record InstanceId(long recordedAt, int number, int index) {
    private static final String PREFIX = "urn:ngsi-ld:instance:";
    private static final int RADIX = 36;
    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-z]{1,11})-([0-9a-z]{1,6})-([0-9a-z]{1,6})");

    /** The URI. */
    public String uri() {
        return PREFIX
                + Long.toString(recordedAt, RADIX)
                + '-'
                + Integer.toString(number, RADIX)
                + '-'
                + Integer.toString(index, RADIX);
    }

    /** Reads what {@link #uri} gives; empty where it is the URI of something else. */
    public static Optional<InstanceId> parse(String uri) {
        Matcher parts = FORM.matcher(uri);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstanceId(
                    Long.parseLong(parts.group(1), RADIX),
                    Integer.parseInt(parts.group(2), RADIX),
                    Integer.parseInt(parts.group(3), RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
