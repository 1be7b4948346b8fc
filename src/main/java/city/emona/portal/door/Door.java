package city.emona.portal.door;

import city.emona.access.AccessBook;
import city.emona.access.Visit;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.portal.Language;
import city.emona.portal.Page;
import city.emona.portal.Portal;
import city.emona.portal.Portal.PageHandler;
import city.emona.portal.Templates;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;

/** The pages and forms by which people come in. */
public final class Door {
    static final String SIGN_IN = "/sign-in";
    static final String ACCOUNT = "/account";
    private static final String WELCOME = "/welcome/";

    private final Portal portal;

    public Door(Portal portal) {
        this.portal = portal;
    }

    /** The page to which a one-time link leads. */
    public static String welcomePath(String secret) {
        return WELCOME + secret;
    }

    /** Adds the pages. Without access control there are none. */
    public void addTo(Router router) {
        if (portal.doors().access().isOff()) {
            return;
        }
        SignInPages signIn = new SignInPages(this);
        page(router, SIGN_IN, signIn::show);
        form(router, SIGN_IN, signIn::enter);
        form(router, SIGN_IN + "/code", signIn::enterCode);
        form(router, "/sign-out", signIn::leave);
        WelcomePages welcome = new WelcomePages(this);
        page(router, WELCOME + "{link}", welcome::show);
        form(router, WELCOME + "{link}", welcome::accept);
        AccountPages account = new AccountPages(this);
        page(router, ACCOUNT, account::show);
        page(router, ACCOUNT + "/second-factor", account::showFactor);
        form(router, ACCOUNT + "/password", account::changePassword);
        form(router, ACCOUNT + "/second-factor", account::addFactor);
        form(router, ACCOUNT + "/second-factor/remove", account::removeFactor);
        form(router, ACCOUNT + "/sign-out-everywhere", account::leaveEverywhere);
    }

    private void page(Router router, String path, PageHandler handler) {
        portal.addPage(router, path, handler);
    }

    private void form(Router router, String path, PageHandler handler) {
        for (Language language : Language.values()) {
            router.post(language.href(path), portal.doors().page(request -> handler.handle(request, language)));
        }
    }

    AccessBook book() {
        return portal.doors().book();
    }

    /** A page that nobody keeps. */
    Response page(int status, Language language, String path, String key, String template, Map<String, Object> more) {
        Texts texts = Texts.of(language);
        String title = texts.text(key);
        Page page = portal.page(language, path, title, texts.text("door.description"));
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("page", page);
        parameters.put("title", title);
        return Templates.page(status, "door/" + template, parameters).with("Cache-Control", "no-store");
    }

    /** What went wrong, in the language of the page. */
    static String sentence(Problem problem, Language language) {
        Texts texts = Texts.of(language);
        return switch (problem.type()) {
            case UNAUTHORIZED -> texts.text("door.wrong");
            case TOO_MANY_REQUESTS -> texts.text("door.tooOften");
            case BAD_REQUEST_DATA -> texts.text("door.badValue", problem.explanation());
            default -> problem.explanation();
        };
    }

    /** Where somebody came from: a path of this server; the account where that is not said. */
    static String destination(String asked, Language language) {
        boolean isPath = asked.startsWith("/") && asked.matches("/[A-Za-z0-9._~:%/-]*") && !asked.startsWith("//");
        return isPath ? asked : language.href(ACCOUNT);
    }

    /**
     * Where the request comes from: the machine before the proxy on this one, or this one. The proxy adds the last address, those before it
     * are only said.
     */
    static String client(Request request) {
        String said = request.header("X-Forwarded-For").orElse("");
        String last = said.substring(said.lastIndexOf(',') + 1).strip();
        if (last.isEmpty()) {
            return "here";
        }
        // whoever has an address of IPv6 has at least 2^64 of them
        String[] groups = last.split(":", -1);
        return groups.length > 4 ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : last;
    }

    /**
     * Who is signed in.
     *
     * @throws Problem of type Unauthorized when nobody is
     */
    static Visit requireSignedIn() {
        Visit visit = Visit.current();
        if (!visit.isSignedIn()) {
            throw new Problem(ProblemType.UNAUTHORIZED, "Nobody is signed in here.", "Sign in.");
        }
        return visit;
    }
}
