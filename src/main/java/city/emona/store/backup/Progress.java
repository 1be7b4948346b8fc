package city.emona.store.backup;

import java.util.concurrent.CancellationException;

/** Hears how far long work on files has come. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (_, _) -> {};

    /**
     * So much of all is done.
     *
     * @param bytes how much
     * @param ofBytes of how much, as far as is known
     * @throws CancellationException when the work is no longer wanted
     */
    void at(long bytes, long ofBytes);
}
