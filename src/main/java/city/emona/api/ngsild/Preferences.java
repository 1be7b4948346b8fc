package city.emona.api.ngsild;

import city.emona.context.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client prefers (RFC 7240, clauses 6.3.6 and 4.3.6.8). Preferences that are not known or not understood are ignored, as the RFC
 * demands.
 *
 * @param contextInLink whether GeoJSON carries its context in a Link header rather than in the body
 * @param version the version of the specification to which the answer should conform
 */
record Preferences(boolean contextInLink, Optional<SpecificationVersion> version) {
    private static final Preferences NONE = new Preferences(false, Optional.empty());

    /** Reads the values of all headers Prefer. */
    static Preferences read(List<String> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        boolean contextInLink = false;
        Optional<SpecificationVersion> version = Optional.empty();
        for (String header : headers) {
            for (String preference : header.split("[,;]")) {
                int equals = preference.indexOf('=');
                if (equals > 0) {
                    String name = preference.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    String value = preference.substring(equals + 1).strip().replaceAll("^\"|\"$", "");
                    if (name.equals("body") && value.equals("json")) {
                        contextInLink = true;
                    } else if (name.equals("ngsi-ld") && version.isEmpty()) {
                        version = SpecificationVersion.findNearest(value);
                    }
                }
            }
        }
        return new Preferences(contextInLink, version);
    }
}
