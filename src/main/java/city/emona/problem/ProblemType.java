package city.emona.problem;

/**
 * The closed set of failures, with the names of ETSI GS CIM 009 clause 5.5.2 and their HTTP status of clause 6.3.2; the last ones are
 * not in the standard and have no NGSI-LD error of their own.
 */
public enum ProblemType {
    /** The request is not understood at all: not JSON, an unknown or incompatible parameter. */
    INVALID_REQUEST("InvalidRequest", 400, "The request is not valid"),
    /** The request is well formed, but its data break a rule of the information model or of the operation. */
    BAD_REQUEST_DATA("BadRequestData", 400, "The data of the request are not valid"),
    /** The identifier is taken. */
    ALREADY_EXISTS("AlreadyExists", 409, "The resource exists already"),
    /** The change clashes with another that was committed first. */
    CONFLICT("Conflict", 409, "The change conflicts with another"),
    /** There is no such resource, or the caller may not see it. */
    RESOURCE_NOT_FOUND("ResourceNotFound", 404, "The resource was not found"),
    /** There is no such tenant. */
    NONEXISTENT_TENANT("NonexistentTenant", 404, "The tenant does not exist"),
    /** The operation exists in the standard, but this resource does not support it. */
    OPERATION_NOT_SUPPORTED("OperationNotSupported", 422, "The operation is not supported"),
    /** The query would cost more than is allowed. */
    TOO_COMPLEX_QUERY("TooComplexQuery", 403, "The query is too complex"),
    /** The query asks for more results than are given at once. */
    TOO_MANY_RESULTS("TooManyResults", 403, "The query asks for too many results"),
    /** A JSON-LD context could not be had. */
    LD_CONTEXT_NOT_AVAILABLE("LdContextNotAvailable", 504, "A JSON-LD context is not available"),
    /** A defect of the program. */
    INTERNAL_ERROR("InternalError", 500, "Something went wrong inside the server"),

    /** The caller does not prove who it is. */
    UNAUTHORIZED("Unauthorized", 401, "The request needs a proof of who sends it"),
    /** The path exists, but not with this method. */
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, "The method is not allowed here"),
    /** None of the accepted media types can be given. */
    NOT_ACCEPTABLE("NotAcceptable", 406, "No acceptable representation"),
    /** The request has a body, but does not say how long it is. */
    LENGTH_REQUIRED("LengthRequired", 411, "The length of the body is missing"),
    /** The media type of the body is not understood. */
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415, "The media type is not supported"),
    /** The body is larger than is allowed. */
    PAYLOAD_TOO_LARGE("PayloadTooLarge", 413, "The request is too large"),
    /** The address is longer than is allowed. */
    URI_TOO_LONG("UriTooLong", 414, "The address is too long"),
    /** The headers are larger than is allowed. */
    HEADERS_TOO_LARGE("HeadersTooLarge", 431, "The headers are too large"),
    /** The disk is full: reading goes on, writing has to wait. */
    INSUFFICIENT_STORAGE("InsufficientStorage", 507, "There is no room to store this"),
    /** The caller may not do this, or not from there. */
    ACCESS_DENIED("AccessDenied", 403, "This is not allowed"),
    /** The caller has tried too often. */
    TOO_MANY_REQUESTS("TooManyRequests", 429, "Too many requests"),
    /** The server is starting or stopping. */
    UNAVAILABLE("Unavailable", 503, "The server cannot answer now");

    private final String code;
    private final int status;
    private final String title;

    ProblemType(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The last segment of the error's URI. */
    public String code() {
        return code;
    }

    /** The URI of ETSI GS CIM 009 clause 5.5.2; the same name space serves the types that the standard lacks. */
    public String uri() {
        return "https://uri.etsi.org/ngsi-ld/errors/" + code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence for people, the same for every problem of this type. */
    public String title() {
        return title;
    }
}
