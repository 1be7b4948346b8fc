package city.emona.vertical.life;

import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan with all that is needed to carry it out.
 *
 * @param packaged the package as it came; null where none is installed
 * @param effective the package with the local edits in it
 * @param vertical what it declares
 * @param next the ledger as it will stand; null when the plan is refused
 * @param secrets that are given with the order
 */
record Draft(
        Plan plan,
        @Nullable PackageContent packaged,
        @Nullable PackageContent effective,
        @Nullable Vertical vertical,
        @Nullable Ledger next,
        Map<String, String> secrets) {
    Draft {
        secrets = Map.copyOf(secrets);
    }

    /** A plan that will not be carried out, or needs no package. */
    static Draft of(Plan plan, @Nullable Ledger next) {
        return new Draft(plan, null, null, null, next, Map.of());
    }
}
