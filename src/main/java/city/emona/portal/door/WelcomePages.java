package city.emona.portal.door;

import city.emona.access.Account;
import city.emona.access.Cookies;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.FormPost;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.Map;
import java.util.Optional;

/** Where a one-time link leads: the first administrator makes an account there, others choose a password. */
final class WelcomePages {
    private final Door door;

    WelcomePages(Door door) {
        this.door = door;
    }

    Response show(Request request, Language language) {
        return ask(200, request.parameter("link"), language, "", "", "");
    }

    private Response ask(int status, String link, Language language, String login, String name, String trouble) {
        boolean isFirst = door.book().accounts().isFirstLink(link);
        Optional<Account> account = door.book().accounts().findByLink(link);
        if (!isFirst && account.isEmpty()) {
            throw new Problem(ProblemType.ACCESS_DENIED, Texts.of(language).text("door.badLink"), "");
        }
        return door.page(
                status,
                language,
                Door.welcomePath(link),
                isFirst ? "door.first" : "door.welcome",
                "welcome",
                Map.of(
                        "isFirst",
                        isFirst,
                        "login",
                        account.map(Account::login).orElse(login),
                        "name",
                        account.map(Account::name).orElse(name),
                        "trouble",
                        trouble));
    }

    Response accept(Request request, Language language) {
        FormPost form = FormPost.read(request);
        String link = request.parameter("link");
        String login = form.text("login");
        String name = form.text("name");
        String password = form.text("password");
        if (!password.equals(form.text("again"))) {
            return ask(400, link, language, login, name, Texts.of(language).text("door.differ"));
        }
        Account account;
        try {
            account = door.book().accounts().isFirstLink(link)
                    ? door.book().accounts().createFirst(link, login, name, password)
                    : door.book().accept(link, password);
        } catch (Problem problem) {
            return ask(problem.type().status(), link, language, login, name, Door.sentence(problem, language));
        }
        if (account.findFactor().isPresent()) {
            // a link alone does not stand for the second factor
            return Response.seeOther(language.href(Door.SIGN_IN));
        }
        return Cookies.enter(
                Response.seeOther(language.href(Door.ACCOUNT)),
                request,
                door.book().signIn().inside(account, Cookies.device(request)));
    }
}
