package city.emona.portal.console;

import city.emona.access.AccessBook;
import city.emona.access.ApiKeys;
import city.emona.access.Grant;
import city.emona.access.Role;
import city.emona.access.Visit;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.portal.door.Door;
import city.emona.problem.Problem;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What can be ordered for accounts and keys. A link or a key that is drawn stands on the answer alone, and nowhere again. */
final class AccessOrders {
    private static final int DAYS = 365;

    private final ConsoleDesk desk;

    AccessOrders(ConsoleDesk desk) {
        this.desk = desk;
    }

    private AccessBook book() {
        return desk.portal().doors().book();
    }

    private static Response done(Language language) {
        return Result.CHANGED.at(language.href(AccessPages.PATH));
    }

    private static Grant grant(ConsoleForm form) {
        Role role = form.find("role")
                .flatMap(Role::find)
                .orElseThrow(() -> Problem.badRequestData("There is no such role.", "Choose one of the list."));
        return new Grant(role, form.find("domain").orElse(Grant.EVERYWHERE));
    }

    Response invite(Request request, Language language) {
        ConsoleForm form = ConsoleForm.of(request);
        String secret = book().accounts()
                .invite(form.find("login").orElse(""), form.find("name").orElse(""), Set.of(grant(form)));
        return link(request, language, secret);
    }

    Response drawLink(Request request, Language language) {
        return link(request, language, book().accounts().drawLink(request.parameter("id")));
    }

    private Response link(Request request, Language language, String secret) {
        String origin = request.header("Origin")
                .filter(said -> said.startsWith("http"))
                .orElse("http://" + request.header("Host").orElse("localhost"));
        return secret(
                request, language, "access.link", "access.link.text", origin + language.href(Door.welcomePath(secret)));
    }

    private Response secret(Request request, Language language, String key, String text, String secret) {
        return desk.page(
                request,
                language,
                AccessPages.PATH,
                Texts.of(language).text(key),
                "secret",
                Map.of("secret", secret, "text", Texts.of(language).text(text)));
    }

    Response grant(Request request, Language language) {
        return change(request, language, true);
    }

    Response takeAway(Request request, Language language) {
        return change(request, language, false);
    }

    private Response change(Request request, Language language, boolean isGiven) {
        String id = request.parameter("id");
        Set<Grant> grants = new HashSet<>(book().accounts()
                .find(id)
                .orElseThrow(() -> Problem.notFound("There is no such account."))
                .grants());
        Grant grant = grant(ConsoleForm.of(request));
        boolean isNews = isGiven ? grants.add(grant) : grants.remove(grant);
        if (isNews) {
            book().accounts().setGrants(id, grants);
        }
        return done(language);
    }

    Response deactivate(Request request, Language language) {
        book().deactivate(request.parameter("id"));
        return done(language);
    }

    Response activate(Request request, Language language) {
        book().accounts().reactivate(request.parameter("id"));
        return done(language);
    }

    Response removeFactor(Request request, Language language) {
        book().accounts().removeFactor(request.parameter("id"));
        return done(language);
    }

    Response createKey(Request request, Language language) {
        ConsoleForm form = ConsoleForm.of(request);
        int days;
        try {
            days = form.find("days").map(Integer::parseInt).orElse(DAYS);
        } catch (NumberFormatException e) {
            throw Problem.badRequestData("The number of days is no number.", "Use 1 to " + ApiKeys.MOST_DAYS + ".");
        }
        ApiKeys.Drawn drawn = book().keys()
                .create(
                        form.find("name").orElse(""),
                        Set.of(grant(form)),
                        days,
                        Visit.current().caller().name());
        return secret(request, language, "access.newKey", "access.newKey.text", drawn.secret());
    }

    Response revokeKey(Request request, Language language) {
        book().keys().revoke(request.parameter("id"));
        return done(language);
    }
}
