package city.emona.broker.delivery;

/** Whether messages go to an endpoint. */
public enum Circuit {
    /** They go out as they come. */
    CLOSED("closed"),
    /** The last attempt failed; until the time of the next one, none is made. */
    OPEN("open"),
    /** One message is on its way, to find out whether the endpoint is there again. */
    HALF_OPEN("halfOpen");

    private final String term;

    Circuit(String term) {
        this.term = term;
    }

    /** The word in JSON. */
    public String term() {
        return term;
    }
}
