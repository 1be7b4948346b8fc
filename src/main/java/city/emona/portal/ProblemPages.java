package city.emona.portal;

import city.emona.http.ProblemRenderer;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows problems as pages to people, and leaves them to another renderer for programs. */
final class ProblemPages implements ProblemRenderer {
    private static final String SIGN_IN = "/sign-in";

    private final Desk desk;
    private final ProblemRenderer forPrograms;

    ProblemPages(Desk desk, ProblemRenderer forPrograms) {
        this.desk = desk;
        this.forPrograms = forPrograms;
    }

    @Override
    public Response render(Request request, Problem problem, String incident) {
        boolean isPerson = request.headers().all("Accept").stream().anyMatch(value -> value.contains("text/html"));
        if (!isPerson || request.path().startsWith("/ngsi-ld/")) {
            return forPrograms.render(request, problem, incident);
        }
        boolean english = request.path().equals("/en") || request.path().startsWith("/en/");
        Language ofPath = english ? Language.ENGLISH : Language.SLOVENE;
        Language language = request.query().find("lang").flatMap(Language::find).orElse(ofPath);
        if (problem.type() == ProblemType.UNAUTHORIZED && request.method().equals("GET")) {
            return Response.seeOther(
                    language.href(SIGN_IN) + "?to=" + URLEncoder.encode(request.path(), StandardCharsets.UTF_8));
        }
        return problem.type() == ProblemType.RESOURCE_NOT_FOUND
                ? notFound(request, problem, language)
                : error(problem, incident, language);
    }

    private Response notFound(Request request, Problem problem, Language language) {
        Texts texts = Texts.of(language);
        String path = request.path().startsWith("/en/") ? request.path().substring(3) : request.path();
        String detail = path.startsWith("/e/") || path.startsWith("/v/")
                ? problem.detail()
                : texts.text("notfound.page", request.path());
        Page page = desk.page(language, "/", texts.text("notfound.title"), detail, Follows.NOTHING);
        return Templates.page(404, "notfound", Map.of("page", page, "detail", detail, "nearby", nearby(language)));
    }

    private List<Link> nearby(Language language) {
        List<Link> links = new ArrayList<>();
        String city = language.pick(desk.site().city());
        links.add(new Link(language.href("/"), Texts.of(language).text("home.title", city)));
        desk.site()
                .navigation()
                .get()
                .forEach(item -> links.add(new Link(language.href(item.path()), language.pick(item.title()))));
        links.add(new Link(language.href("/help"), Texts.of(language).text("help.title")));
        return links;
    }

    private Response error(Problem problem, String incident, Language language) {
        Texts texts = Texts.of(language);
        String detail = incident.isEmpty() ? problem.explanation() : texts.text("error.internal");
        Page page = desk.page(language, "/", texts.text("error.title"), detail, Follows.NOTHING);
        int status = problem.type().status();
        return Templates.page(
                status,
                "error",
                Map.of("page", page, "code", Integer.toString(status), "detail", detail, "number", incident));
    }
}
