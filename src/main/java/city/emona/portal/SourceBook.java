package city.emona.portal;

import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import java.util.List;

/** What the pages ask about the sources that run. */
public interface SourceBook {
    /** The health of every source. */
    List<SourceHealth> listHealth();

    /**
     * The last rejected records of a source, newest first.
     *
     * @param id the id of the source's entity
     */
    List<RejectedRecord> listRejected(String id);

    /**
     * Whether a source is to run.
     *
     * @param id the id of the source's entity
     */
    boolean isDesired(String id);

    /**
     * Says whether a source is to run, now and after a restart.
     *
     * @throws city.emona.problem.Problem of type ResourceNotFound
     */
    void setDesired(String vertical, String source, boolean on);
}
