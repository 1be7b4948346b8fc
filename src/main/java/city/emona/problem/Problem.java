package city.emona.problem;

/**
 * A failure that a user caused or can do something about.
 *
 * <p>It carries no stack trace, since it describes the request and not the program; a defect of the program is any other exception.
 */
public final class Problem extends RuntimeException {
    private final ProblemType type;
    private final String detail;
    private final String remedy;

    /**
     * @param detail what is wrong, as a sentence
     * @param remedy what the caller can do, as a sentence; empty where nothing can be done
     */
    public Problem(ProblemType type, String detail, String remedy) {
        super(remedy.isEmpty() ? detail : detail + " " + remedy, null, false, false);
        this.type = type;
        this.detail = detail;
        this.remedy = remedy;
    }

    /** A problem of type {@link ProblemType#BAD_REQUEST_DATA}. */
    public static Problem badRequestData(String detail, String remedy) {
        return new Problem(ProblemType.BAD_REQUEST_DATA, detail, remedy);
    }

    /** A problem of type {@link ProblemType#INVALID_REQUEST}. */
    public static Problem invalidRequest(String detail, String remedy) {
        return new Problem(ProblemType.INVALID_REQUEST, detail, remedy);
    }

    /** A problem of type {@link ProblemType#RESOURCE_NOT_FOUND}. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.RESOURCE_NOT_FOUND, detail, "");
    }

    public ProblemType type() {
        return type;
    }

    /** What is wrong. */
    public String detail() {
        return detail;
    }

    /** What to do about it; may be empty. */
    public String remedy() {
        return remedy;
    }

    /** What is wrong and what to do about it, in one text. */
    public String explanation() {
        return remedy.isEmpty() ? detail : detail + " " + remedy;
    }
}
