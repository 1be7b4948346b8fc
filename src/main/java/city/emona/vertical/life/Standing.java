package city.emona.vertical.life;

import city.emona.vertical.Finding;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Vertical;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one vertical is.
 *
 * @param vertical what it declares; null when it does not run
 * @param ledger null when it was never installed
 * @param findings what is not right with its declarations
 * @param broken what it needs and does not find
 * @param isUnderWay whether its entities are being worked on this moment
 */
public record Standing(
        String id,
        @Nullable Vertical vertical,
        @Nullable Ledger ledger,
        List<Finding> findings,
        List<LocalizedText> broken,
        boolean isUnderWay) {
    /** Where it is in its life. */
    public enum State {
        /** It runs from the folder of bundled verticals. */
        BUNDLED,
        INSTALLED,
        /** It should run, but its declarations are not right. */
        STOPPED,
        REMOVED
    }

    public Standing {
        findings = List.copyOf(findings);
        broken = List.copyOf(broken);
    }

    public Optional<Vertical> findVertical() {
        return Optional.ofNullable(vertical);
    }

    public Optional<Ledger> findLedger() {
        return Optional.ofNullable(ledger);
    }

    /** The ledger, while it is installed. */
    public Optional<Ledger> findInstalled() {
        return findLedger().filter(known -> !known.removed());
    }

    /** Work on its entities that has not come to its end. */
    public Optional<Run> findUnfinishedRun() {
        return findLedger().flatMap(Ledger::findRun).filter(run -> !run.isFinished());
    }

    public State state() {
        boolean isInstalled = findInstalled().isPresent();
        if (vertical != null) {
            return isInstalled ? State.INSTALLED : State.BUNDLED;
        }
        return ledger != null && !isInstalled ? State.REMOVED : State.STOPPED;
    }
}
