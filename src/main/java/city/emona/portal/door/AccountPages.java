package city.emona.portal.door;

import city.emona.access.Account;
import city.emona.access.Cookies;
import city.emona.access.SecondFactor;
import city.emona.access.Visit;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.FormPost;
import city.emona.portal.Format;
import city.emona.portal.GrantWords;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What people can do with their own account: another password, a second factor, ending sessions. */
final class AccountPages {
    private static final String FACTOR = Door.ACCOUNT + "/second-factor";

    private final Door door;

    AccountPages(Door door) {
        this.door = door;
    }

    private Account account(Visit visit) {
        return door.book()
                .accounts()
                .find(visit.caller().id())
                .orElseThrow(() -> new IllegalStateException("a session belongs to an account"));
    }

    Response show(Request request, Language language) {
        return show(200, language, "");
    }

    private Response show(int status, Language language, String trouble) {
        Account account = account(Door.requireSignedIn());
        int sessions = door.book().signIn().countSessions(account.id());
        return door.page(
                status,
                language,
                Door.ACCOUNT,
                "door.account",
                "account",
                Map.of(
                        "account",
                        account,
                        "roles",
                        GrantWords.of(account.grants(), language),
                        "codesLeft",
                        account.findFactor()
                                .map(factor -> Format.of(language)
                                        .count(factor.recovery().size(), "door.codesLeft"))
                                .orElse(""),
                        "sessions",
                        Format.of(language).count(sessions, "door.sessions"),
                        "trouble",
                        trouble));
    }

    Response changePassword(Request request, Language language) {
        FormPost form = FormPost.read(request);
        Account account = account(Door.requireSignedIn());
        if (!form.text("password").equals(form.text("again"))) {
            return show(400, language, Texts.of(language).text("door.differ"));
        }
        try {
            Account changed = door.book().signIn().changePassword(account, form.text("present"), form.text("password"));
            return Cookies.enter(
                    Response.seeOther(language.href(Door.ACCOUNT)),
                    request,
                    door.book().signIn().inside(changed, Cookies.device(request)));
        } catch (Problem problem) {
            return show(problem.type().status(), language, Door.sentence(problem, language));
        }
    }

    Response showFactor(Request request, Language language) {
        Door.requireSignedIn();
        return askFactor(200, language, SecondFactor.drawSecret(), "");
    }

    private Response askFactor(int status, Language language, String secret, String trouble) {
        Account account = account(Door.requireSignedIn());
        String label = URLEncoder.encode("Emona:" + account.login(), StandardCharsets.UTF_8);
        return door.page(
                status,
                language,
                FACTOR,
                "door.factor",
                "second-factor",
                Map.of(
                        "secret",
                        secret,
                        "address",
                        "otpauth://totp/" + label + "?secret=" + secret + "&issuer=Emona",
                        "trouble",
                        trouble));
    }

    Response addFactor(Request request, Language language) {
        FormPost form = FormPost.read(request);
        Account account = account(Door.requireSignedIn());
        String secret = form.text("secret");
        if (!secret.matches("[A-Z2-7]{32}")) {
            return askFactor(
                    400, language, SecondFactor.drawSecret(), Texts.of(language).text("door.wrong"));
        }
        try {
            List<String> codes =
                    door.book().signIn().addFactor(account, form.text("present"), secret, form.text("code"));
            return door.page(200, language, FACTOR, "door.paper", "paper", Map.of("codes", codes));
        } catch (Problem problem) {
            return askFactor(problem.type().status(), language, secret, Door.sentence(problem, language));
        }
    }

    Response removeFactor(Request request, Language language) {
        FormPost form = FormPost.read(request);
        try {
            door.book().signIn().removeFactor(account(Door.requireSignedIn()), form.text("present"));
            return Response.seeOther(language.href(Door.ACCOUNT));
        } catch (Problem problem) {
            return show(problem.type().status(), language, Door.sentence(problem, language));
        }
    }

    Response leaveEverywhere(Request request, Language language) {
        FormPost.read(request);
        door.book().signIn().outEverywhere(Door.requireSignedIn().caller().id());
        return Cookies.leave(Response.seeOther(language.href("/")), request);
    }
}
