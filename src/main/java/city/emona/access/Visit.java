package city.emona.access;

import city.emona.http.operation.Right;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.function.Supplier;

/**
 * One request, with who makes it. While it is answered, everything that runs for it on its thread finds it here.
 *
 * @param session the secret of the session; empty where there is none
 * @param target what the request is about, as far as its address says it
 */
public record Visit(Access access, Caller caller, String session, Target target) {
    private static final ScopedValue<Visit> CURRENT = ScopedValue.newInstance();
    private static final Visit NOBODYS = new Visit(Access.by(Policy.shipped()), Caller.ANYBODY, "", Target.CITY);

    /** The visit that this thread is answering; that of nobody when it answers none. */
    public static Visit current() {
        return CURRENT.orElse(NOBODYS);
    }

    /** Answers it. */
    <T> T answer(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Whether somebody is signed in. */
    public boolean isSignedIn() {
        return !session.isEmpty();
    }

    /** Whether the visitor may do something to something. */
    public boolean may(Right right, Target target) {
        return access.decide(caller, right, target).isAllowed();
    }

    /** Whether the visitor may do something to what the request is about. */
    public boolean may(Right right) {
        return may(right, target);
    }

    Visit about(Target other) {
        return new Visit(access, caller, session, other);
    }

    /** What a form of this session sends, so that no page of another site can send it; empty where nobody is signed in. */
    public String token() {
        return session.isEmpty() ? "" : Tokens.derive(session, "form");
    }

    /**
     * Lets a form through that a page of this session has made.
     *
     * @throws Problem of type AccessDenied when it was made by another page, or before somebody signed in or out
     */
    public void requireToken(String sent) {
        if (!session.isEmpty() && !Tokens.same(sent, token())) {
            throw new Problem(
                    ProblemType.ACCESS_DENIED,
                    "The form is of another session, or of another site.",
                    "Open its page again, and send it from there.");
        }
    }
}
