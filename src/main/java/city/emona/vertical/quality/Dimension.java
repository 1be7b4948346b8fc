package city.emona.vertical.quality;

import java.util.Locale;

/** In what data can be good, each a share in per cent. */
public enum Dimension {
    /** How many entities have an observation that is new enough. */
    FRESHNESS,
    /** How many of the attributes that all entities should have are there. */
    COMPLETENESS,
    /** How many of the records of the last polls became entities. */
    VALIDITY,
    /** How many entities have a key of their own. */
    UNIQUENESS;

    /** The word in data. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
