package city.emona.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says, while a change-set is committed, what has to be told of it later: that is written in the same commit, so that it is told even when
 * the program ends right after.
 */
@FunctionalInterface
public interface CommitWatcher {
    /**
     * Judges a change-set that is about to be committed. It is called by the one thread that commits, in the order of commits, so it must
     * be quick, and it must not throw.
     *
     * @param changes of current state, not empty
     * @return what is to be written; null for nothing
     */
    byte @Nullable [] judge(List<CommittedChange> changes);
}
