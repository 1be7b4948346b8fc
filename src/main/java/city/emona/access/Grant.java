package city.emona.access;

import city.emona.problem.Problem;
import java.util.regex.Pattern;

/**
 * A role that somebody was given.
 *
 * @param domain the domain for which it counts, as verticals name it; {@value #EVERYWHERE} for all domains and all tenants
 */
public record Grant(Role role, String domain) {
    /** Stands for all domains. */
    public static final String EVERYWHERE = "*";

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Grant {
        if (role == Role.ANONYMOUS) {
            throw Problem.badRequestData("Everybody is anonymous; this role cannot be given.", "Choose another role.");
        }
        if (!domain.equals(EVERYWHERE) && !DOMAIN.matcher(domain).matches()) {
            throw Problem.badRequestData(
                    "»" + domain + "« is no domain.", "Use the domain of a vertical, such as mobility, or * for all.");
        }
    }

    /** A role for all domains. */
    public static Grant everywhere(Role role) {
        return new Grant(role, EVERYWHERE);
    }

    /** Whether the role counts for what is done. */
    boolean covers(Target target) {
        return domain.equals(EVERYWHERE) || (target.tenant().isEmpty() && domain.equals(target.domain()));
    }
}
