package city.emona.vertical.source;

import java.util.Locale;

/** How a source is. */
public enum SourceStatus {
    /** The last poll went well. */
    OK,
    /** The last poll or two failed, or what the source gives is older than it should be. */
    LATE,
    /** Several polls failed, or none ever went well. */
    FAILING,
    /** The source does not run. */
    STOPPED;

    /** The value in the entity. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
