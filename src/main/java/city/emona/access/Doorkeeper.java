package city.emona.access;

import city.emona.http.Handler;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Gate;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Right;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stands before every operation and every page: finds out who asks, and lets in who may. Nothing here waits, so that operations that read
 * memory alone stay as fast as they are.
 *
 * <p>Programs prove themselves with a key. A session of a browser counts for pages, and for operations that change nothing; what changes
 * something takes a form with a token, or a key, and no page of another site has either.
 */
public final class Doorkeeper implements Gate {
    private static final String BEARER = "bearer ";
    private static final String TENANT = "NGSILD-Tenant";
    private static final String SNAPSHOT = "NGSILD-Snapshot";

    private final Access access;
    private final AccessBook book;
    private final UnaryOperator<String> domains;

    /** @param domains the domain of the vertical with an id; empty for one that does not exist */
    public Doorkeeper(Access access, AccessBook book, UnaryOperator<String> domains) {
        this.access = access;
        this.book = book;
        this.domains = domains;
    }

    public Access access() {
        return access;
    }

    /** The accounts and keys. */
    public AccessBook book() {
        return book;
    }

    @Override
    public Handler guard(Operation operation, Handler handler) {
        Right right = operation.right();
        return request -> {
            Visit visit = (access.isOff() ? visitOf(Caller.ANYBODY) : byProgram(request, right))
                    .about(target(operation, request));
            require(visit, right);
            return visit.answer(() -> handler.handle(request));
        };
    }

    private Visit visitOf(Caller caller) {
        return new Visit(access, caller, "", Target.CITY);
    }

    private Target target(Operation operation, Request request) {
        String tenant = request.header(TENANT).orElse("");
        boolean published = tenant.isEmpty() && request.headers().all(SNAPSHOT).isEmpty();
        String vertical = operation.vertical().apply(request);
        if (vertical.isEmpty()) {
            return published ? Target.CITY : new Target(tenant, "", false);
        }
        return new Target(tenant, domains.apply(vertical), published);
    }

    private Visit byProgram(Request request, Right right) {
        List<String> proofs = request.headers().all("Authorization");
        if (!proofs.isEmpty()) {
            String proof = proofs.getFirst();
            if (proof.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                String secret = proof.substring(BEARER.length()).strip();
                // the proof of a source is its own affair
                if (secret.startsWith(ApiKeys.PREFIX) || right != Right.SOURCES_PUSH) {
                    return visitOf(byKey(secret));
                }
            }
        }
        boolean isReading = request.method().equals("GET") || request.method().equals("HEAD");
        return isReading ? visit(request) : visitOf(Caller.ANYBODY);
    }

    private Caller byKey(String secret) {
        if (book.isCommand(secret)) {
            return book.command();
        }
        return book.keys()
                .use(secret)
                .map(ApiKey::caller)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNAUTHORIZED,
                        "The key is not known here, has expired or was revoked.",
                        "Ask an administrator for another one."));
    }

    /** The visit of a browser. */
    public Visit visit(Request request) {
        if (access.isOff()) {
            return visitOf(Caller.ANYBODY);
        }
        String secret = Cookies.session(request);
        return Optional.ofNullable(secret)
                .flatMap(book::findSession)
                .map(account -> new Visit(access, account.caller(), String.valueOf(secret), Target.CITY))
                .orElseGet(() -> visitOf(Caller.ANYBODY));
    }

    /** The domain of the vertical with an id, as what something is done to. */
    public Target ofVertical(String vertical) {
        return Target.ofDomain(domains.apply(vertical));
    }

    /**
     * A form of a page, which needs a right.
     *
     * @param vertical the id of the vertical that it is about; empty for none
     */
    public Handler form(Right right, Function<Request, String> vertical, Handler handler) {
        return request -> {
            String about = vertical.apply(request);
            Visit visit = visit(request).about(about.isEmpty() ? Target.CITY : ofVertical(about));
            require(visit, right);
            return visit.answer(() -> handler.handle(request));
        };
    }

    /** A page that everybody may see. What it shows to somebody who is signed in is kept by no browser. */
    public Handler page(Handler handler) {
        return request -> {
            Visit visit = visit(request);
            Response response = visit.answer(() -> handler.handle(request));
            boolean isKept =
                    response.headers().stream().anyMatch(header -> header.name().equals("Cache-Control"));
            return visit.isSignedIn() && !isKept ? response.with("Cache-Control", "no-store") : response;
        };
    }

    /**
     * Lets a visit through that may do something.
     *
     * @throws Problem of type Unauthorized when nobody is known, of type AccessDenied when somebody is
     */
    public static void require(Visit visit, Right right) {
        Decision decision = visit.access().decide(visit.caller(), right, visit.target());
        if (decision.isAllowed()) {
            return;
        }
        String needed = decision.needed().stream()
                .filter(role -> role != Role.ANONYMOUS)
                .map(Role::word)
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
        if (visit.caller().isAnybody()) {
            throw new Problem(
                    ProblemType.UNAUTHORIZED,
                    "This needs the right " + right.word() + ".",
                    "Send a key with one of the roles " + needed + " as Authorization: Bearer.");
        }
        throw new Problem(
                ProblemType.ACCESS_DENIED,
                "This needs the right " + right.word() + ", which you do not have here.",
                "Ask an administrator for one of the roles " + needed + ".");
    }
}
