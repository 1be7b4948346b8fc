package city.emona.vertical.rule;

import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees, while it is committed, that an alert is raised or over, so that it is told even when the program ends right after. */
public final class AlertWatcher implements CommitWatcher {
    private final CommitWatcher other;

    /** A watcher that asks another one too. */
    public AlertWatcher(CommitWatcher other) {
        this.other = other;
    }

    @Override
    public byte @Nullable [] judge(List<CommittedChange> changes) {
        List<AlertNotice.Told> told = new ArrayList<>();
        for (CommittedChange change : changes) {
            StoredEntity after = change.after();
            if (after != null
                    && after.packed().types().contains(AlertTerms.ALERT)
                    && change.tenant().key().isEmpty()) {
                AlertState now = Alert.of(after.entity()).state();
                StoredEntity before = change.before();
                if (before == null) {
                    told.add(new AlertNotice.Told(after.id(), true));
                } else if (now == AlertState.CLEARED
                        && Alert.of(before.entity()).state() != AlertState.CLEARED) {
                    told.add(new AlertNotice.Told(after.id(), false));
                }
            }
        }
        byte[] others = other.judge(changes);
        return told.isEmpty() ? others : new AlertNotice(others, told).bytes();
    }
}
