package city.emona.access;

import city.emona.http.operation.Right;
import java.util.Set;

/** Decides who may do what. Every operation, page and form asks here. */
public final class Access {
    private final Policy policy;
    private final boolean open;

    private Access(Policy policy, boolean open) {
        this.policy = policy;
        this.open = open;
    }

    /** Decides by a policy. */
    public static Access by(Policy policy) {
        return new Access(policy, false);
    }

    /** Lets everybody do everything. */
    public static Access off() {
        return new Access(Policy.shipped(), true);
    }

    /** Whether everybody may do everything. */
    public boolean isOff() {
        return open;
    }

    public Policy policy() {
        return policy;
    }

    /** Whether somebody may do something to something, and why. */
    public Decision decide(Caller caller, Right right, Target target) {
        Set<Role> allowed = policy.roles(right);
        return open ? new Decision(right, true, Set.of(), allowed) : Decision.of(right, allowed, caller.roles(target));
    }
}
