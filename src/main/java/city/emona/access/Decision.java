package city.emona.access;

import city.emona.http.operation.Right;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether somebody may do something, and why.
 *
 * @param because the roles of the caller that allow it; empty when it is refused, or when access control is off
 * @param needed the roles that would allow it
 */
public record Decision(Right right, boolean isAllowed, Set<Role> because, Set<Role> needed) {
    static Decision of(Right right, Set<Role> allowed, Set<Role> has) {
        Set<Role> because = EnumSet.noneOf(Role.class);
        for (Role role : has) {
            if (allowed.contains(role)) {
                because.add(role);
            }
        }
        return new Decision(right, !because.isEmpty(), because, allowed);
    }
}
