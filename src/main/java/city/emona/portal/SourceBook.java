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
}
