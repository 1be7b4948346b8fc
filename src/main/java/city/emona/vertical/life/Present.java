package city.emona.vertical.life;

import city.emona.vertical.Findings;
import city.emona.vertical.PackageContent;
import city.emona.vertical.Vertical;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs now under an id.
 *
 * @param vertical what it declares; null when nothing runs
 * @param ledger null when it was never installed
 * @param content the package as it is at work; null when nothing runs
 */
record Present(
        @Nullable Vertical vertical,
        @Nullable Ledger ledger,
        @Nullable PackageContent content) {
    static Present of(String id, Optional<Vertical> running, PackageStore packages) {
        Ledger ledger = packages.findLedger(id).orElse(null);
        Vertical vertical = running.orElse(null);
        PackageContent content = null;
        if (ledger != null && !ledger.removed()) {
            content = packages.content(ledger.effective());
        } else if (vertical != null) {
            content = PackageContent.ofFolder(vertical.folder(), new Findings()).orElse(null);
        }
        return new Present(vertical, ledger, content);
    }

    boolean isInstalled() {
        return ledger != null && !ledger.removed();
    }

    boolean isBundled() {
        return vertical != null && !isInstalled();
    }

    Optional<Vertical> findVertical() {
        return Optional.ofNullable(vertical);
    }

    Optional<Ledger> findInstalled() {
        return Optional.ofNullable(ledger).filter(known -> !known.removed());
    }

    Optional<Ledger> findLedger() {
        return Optional.ofNullable(ledger);
    }
}
