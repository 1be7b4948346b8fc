package city.emona.store;

/** The times of an instance by which history can be asked (ETSI GS CIM 009 clause 4.11, {@code timeproperty}). */
public enum TimeProperty {
    OBSERVED_AT("observedAt"),
    CREATED_AT("createdAt"),
    MODIFIED_AT("modifiedAt"),
    DELETED_AT("deletedAt");

    private final String term;

    TimeProperty(String term) {
        this.term = term;
    }

    /** The name in JSON and in parameters. */
    public String term() {
        return term;
    }
}
