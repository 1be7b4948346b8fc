package city.emona.portal.door;

import city.emona.access.Cookies;
import city.emona.access.SignIn.Step;
import city.emona.access.Visit;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.FormPost;
import city.emona.portal.Language;
import city.emona.problem.Problem;
import java.util.Map;

/** Signing in, with a code where a second factor is asked for, and out. */
final class SignInPages {
    private final Door door;

    SignInPages(Door door) {
        this.door = door;
    }

    Response show(Request request, Language language) {
        String to = Door.destination(request.query().find("to").orElse(""), language);
        return Visit.current().isSignedIn() ? Response.seeOther(to) : ask(200, language, to, "", "");
    }

    private Response ask(int status, Language language, String to, String login, String trouble) {
        return door.page(
                status,
                language,
                Door.SIGN_IN,
                "door.signIn",
                "sign-in",
                Map.of("to", to, "login", login, "trouble", trouble));
    }

    Response enter(Request request, Language language) {
        FormPost form = FormPost.read(request);
        String to = Door.destination(form.text("to"), language);
        try {
            Step step = door.book()
                    .signIn()
                    .byPassword(
                            form.text("login"), form.text("password"), Door.client(request), Cookies.device(request));
            return switch (step) {
                case Step.Inside inside -> Cookies.enter(Response.seeOther(to), request, inside);
                case Step.NeedsCode needs -> askCode(200, language, to, needs.ticket(), "");
            };
        } catch (Problem problem) {
            return ask(problem.type().status(), language, to, form.text("login"), Door.sentence(problem, language));
        }
    }

    private Response askCode(int status, Language language, String to, String ticket, String trouble) {
        return door.page(
                status,
                language,
                Door.SIGN_IN,
                "door.code",
                "code",
                Map.of("to", to, "ticket", ticket, "trouble", trouble));
    }

    Response enterCode(Request request, Language language) {
        FormPost form = FormPost.read(request);
        String to = Door.destination(form.text("to"), language);
        try {
            Step step = door.book()
                    .signIn()
                    .byCode(form.text("ticket"), form.text("code"), Door.client(request), Cookies.device(request));
            return switch (step) {
                case Step.Inside inside -> Cookies.enter(Response.seeOther(to), request, inside);
                case Step.NeedsCode needs -> askCode(200, language, to, needs.ticket(), "");
            };
        } catch (Problem problem) {
            return askCode(
                    problem.type().status(), language, to, form.text("ticket"), Door.sentence(problem, language));
        }
    }

    Response leave(Request request, Language language) {
        FormPost.read(request);
        door.book().signIn().out(Door.requireSignedIn().session());
        return Cookies.leave(Response.seeOther(language.href("/")), request);
    }
}
