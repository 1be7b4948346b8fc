package city.emona.portal.console;

import city.emona.access.Doorkeeper;
import city.emona.access.Visit;
import city.emona.http.MultipartForm;
import city.emona.http.Request;
import city.emona.http.operation.Right;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps others out of the console. With access control, a visitor needs the right to what is on a page. Without it, a request must name this
 * machine as its host, so that no name of another page leads here, and must not have come through a proxy. What changes something must in
 * any case come from a page of the console itself.
 *
 * @param host a further name of this machine, under which the server listens
 */
record ConsoleGuard(String host) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /**
     * Lets a request for a page through.
     *
     * @throws Problem of type Unauthorized or AccessDenied
     */
    void require(Request request, Language language, Right right) {
        Visit visit = Visit.current();
        if (visit.access().isOff()) {
            requireHere(request, language);
        }
        Doorkeeper.require(visit, right);
    }

    private void requireHere(Request request, Language language) {
        String named = hostOf(request);
        String name = PORT.matcher(named).replaceFirst("");
        boolean isHere = LOOPBACK.matcher(name).matches() || name.equals(bracketed(host.toLowerCase(Locale.ROOT)));
        boolean isDirect =
                OF_PROXIES.stream().allMatch(header -> request.header(header).isEmpty());
        if (!isHere || !isDirect) {
            throw denied(language, "console.denied.away");
        }
    }

    /**
     * Lets a request through that a page of this server has made.
     *
     * @throws Problem of type AccessDenied, in the language of the page
     */
    void requireOwnPage(Request request, Language language) {
        if (Visit.current().access().isOff()) {
            requireHere(request, language);
        }
        Optional<String> site = request.header("Sec-Fetch-Site");
        Optional<String> origin = request.header("Origin");
        boolean isOwnSite = site.map("same-origin"::equals).orElse(true);
        boolean isOwnOrigin =
                origin.map(ConsoleGuard::authority).map(hostOf(request)::equals).orElse(true);
        // every browser sends one of them with a form; who sends neither is none, and has the API
        if (!isOwnSite || !isOwnOrigin || (site.isEmpty() && origin.isEmpty())) {
            throw denied(language, "console.denied.foreign");
        }
        Visit.current().requireToken(token(request));
    }

    private static String token(Request request) {
        boolean hasFiles = request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/"))
                .isPresent();
        return hasFiles
                ? MultipartForm.read(request)
                        .find("token")
                        .map(MultipartForm.Part::text)
                        .orElse("")
                : ConsoleForm.of(request).find("token").orElse("");
    }

    private static String hostOf(Request request) {
        return request.header("Host").orElse("").toLowerCase(Locale.ROOT);
    }

    private static String bracketed(String name) {
        return name.contains(":") ? "[" + name + "]" : name;
    }

    private static String authority(String origin) {
        int at = origin.indexOf("://");
        return at < 0 ? "" : origin.substring(at + 3).toLowerCase(Locale.ROOT);
    }

    private static Problem denied(Language language, String key) {
        Texts texts = Texts.of(language);
        return new Problem(ProblemType.ACCESS_DENIED, texts.text(key), texts.text("console.denied.remedy"));
    }
}
