package city.emona.vertical.rule;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where those can be told whom rules name: an address of e-mail, HTTP or MQTT for each name.
 *
 * @param addresses by names
 */
public record AlertTargets(Map<String, String> addresses) {
    private static final Set<String> SCHEMES = Set.of("mailto", "http", "https", "mqtt", "mqtts");

    public AlertTargets {
        addresses = Map.copyOf(addresses);
        addresses.forEach((name, address) -> {
            String scheme = address.contains(":") ? address.substring(0, address.indexOf(':')) : "";
            if (!SCHEMES.contains(scheme)) {
                throw new IllegalArgumentException(
                        "the address of »" + name + "« is none of mailto:, http:, https:, mqtt: and mqtts:");
            }
            URI.create(address);
        });
    }

    /**
     * Reads names and addresses: {@code duty=mailto:duty@city.si room=https://…}, with spaces between.
     *
     * @param secrets gives what stands in for an address such as {@code $DUTY_HOOK}, so that no secret stands in a file
     * @throws IllegalArgumentException with what is wrong
     */
    public static AlertTargets parse(String text, Map<String, String> secrets) {
        Map<String, String> addresses = new HashMap<>();
        for (String part : text.strip().split("\\s+")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String address = part.substring(equals + 1);
                addresses.put(part.substring(0, equals), address.startsWith("$") ? secret(address, secrets) : address);
            } else if (!part.isEmpty()) {
                throw new IllegalArgumentException("»" + part + "« is not of the form name=address");
            }
        }
        return new AlertTargets(addresses);
    }

    private static String secret(String reference, Map<String, String> secrets) {
        String value = secrets.get(reference.substring(1));
        if (value == null) {
            throw new IllegalArgumentException("the environment has no " + reference.substring(1));
        }
        return value;
    }

    /** The address of a name. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(addresses.get(name));
    }
}
