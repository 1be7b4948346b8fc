package city.emona.store;

import city.emona.problem.Problem;
import java.util.regex.Pattern;

/**
 * A tenant: a sealed set of entities (ETSI GS CIM 009 clause 4.14).
 *
 * @param name the name in the {@code NGSILD-Tenant} header; empty for the default tenant
 */
public record Tenant(String name) {
    /** The tenant of requests without the header. */
    public static final Tenant DEFAULT = new Tenant("");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public Tenant {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw Problem.badRequestData(
                    "»" + name + "« is not a tenant name.",
                    "Use one to 64 letters, digits, underscores, dots and hyphens.");
        }
    }

    public boolean isDefault() {
        return name.isEmpty();
    }
}
