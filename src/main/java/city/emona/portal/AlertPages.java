package city.emona.portal;

import city.emona.access.Target;
import city.emona.access.Visit;
import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Right;
import city.emona.vertical.Severity;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.Alert;
import city.emona.vertical.rule.AlertState;
import city.emona.vertical.rule.AlertTerms;
import city.emona.vertical.rule.Alerts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The page of all alerts, what other pages say of them, and the form by which somebody acknowledges one. */
final class AlertPages {
    static final String PATH = "/alerts";

    /** Where the form goes; it is for browsers alone. */
    static final String FORM = "/forms/alerts/";

    private static final int SHOWN = 200;
    private static final int IN_BADGE = 3;
    private static final String OPEN = "open";
    private static final String ALL = "all";

    private final Desk desk;
    private final Alerts alerts;

    AlertPages(Desk desk, Alerts alerts) {
        this.desk = desk;
        this.alerts = alerts;
    }

    Response list(Request request, Language language) {
        Texts texts = Texts.of(language);
        String state = request.query().find("state").orElse(OPEN);
        String severity = request.query().find("severity").orElse(ALL);
        List<Alert> all = alerts.list();
        List<Alert> chosen = all.stream()
                .filter(isOf(state))
                .filter(alert -> severity.equals(ALL) || alert.severity().word().equals(severity))
                .sorted(Comparator.comparing((Alert alert) -> alert.state() == AlertState.CLEARED)
                        .thenComparing(Alert::severity, Comparator.reverseOrder()))
                .toList();
        long open = all.stream().filter(isOf(OPEN)).count();
        Page page = desk.page(
                language,
                PATH,
                texts.text("alerts.title"),
                texts.text("alerts.description"),
                Follows.types(List.of(AlertTerms.ALERT)));
        return Templates.page(
                200,
                "alerts",
                Map.of(
                        "page",
                        page,
                        "summary",
                        open == 0
                                ? texts.text("alerts.none")
                                : Format.of(language).count(open, "alerts.open"),
                        "states",
                        states(state, severity, language),
                        "severities",
                        severities(state, severity, language),
                        "alerts",
                        chosen.stream()
                                .limit(SHOWN)
                                .map(alert -> view(alert, language))
                                .toList(),
                        "hidden",
                        Math.max(0, chosen.size() - SHOWN)));
    }

    private static Predicate<Alert> isOf(String state) {
        return alert -> switch (state) {
            case ALL -> true;
            case OPEN -> alert.state() != AlertState.CLEARED;
            default -> alert.state().term().equals(state);
        };
    }

    private static List<Choice> states(String chosen, String severity, Language language) {
        return Stream.concat(
                        Stream.of(OPEN),
                        Stream.concat(Stream.of(AlertState.values()).map(AlertState::term), Stream.of(ALL)))
                .map(state -> choice("alerts.show." + state, state, severity, state.equals(chosen), language))
                .toList();
    }

    private static List<Choice> severities(String state, String chosen, Language language) {
        return Stream.concat(Stream.of(ALL), Stream.of(Severity.values()).map(Severity::word))
                .map(severity ->
                        choice("alerts.severity." + severity, state, severity, severity.equals(chosen), language))
                .toList();
    }

    private static Choice choice(String key, String state, String severity, boolean isChosen, Language language) {
        String href = language.href(PATH) + "?state=" + state + "&severity=" + severity;
        return new Choice(Texts.of(language).text(key), href, isChosen);
    }

    private AlertView view(Alert alert, Language language) {
        AlertWords words = new AlertWords(desk.time(language));
        Texts texts = Texts.of(language);
        Optional<Vertical> vertical = desk.verticals().get().find(alert.vertical());
        Optional<Entity> entity = desk.entities().find(alert.about());
        String field = vertical.map(found -> language.pick(found.title())).orElse(alert.vertical());
        String version = vertical.map(found -> found.version().toString()).orElse("?");
        String provider = entity.map(found -> provider(found, language)).orElse("");
        return new AlertView(
                alert.id(),
                language.pick(alert.title()),
                language.pick(alert.message()),
                words.severity(alert.severity()),
                words.state(alert.state()),
                entity.map(found -> new Link(EntityAddress.href(language, found.id()), name(found, language))),
                new Link(language.href("/v/" + alert.vertical()), field),
                words.times(alert),
                words.reasons(alert, vertical),
                provider.isEmpty()
                        ? texts.text("alert.origin", language.pick(alert.title()), field, version)
                        : texts.text("alert.originOf", language.pick(alert.title()), field, version, provider),
                alert.isDemo(),
                alert.state() == AlertState.RAISED && mayAcknowledge(vertical)
                        ? FORM + EntityAddress.encoded(alert.id())
                        : "",
                Places.apiHref(alert.id()));
    }

    private static boolean mayAcknowledge(Optional<Vertical> vertical) {
        return Visit.current()
                .may(
                        Right.ALERTS_ACKNOWLEDGE,
                        vertical.map(Vertical::domain).map(Target::ofDomain).orElse(Target.CITY));
    }

    private String provider(Entity entity, Language language) {
        return desk.findShowing(entity)
                .map(showing -> desk.readings(showing.view(), language).provider(entity))
                .orElse("");
    }

    private String name(Entity entity, Language language) {
        return desk.findShowing(entity)
                .map(showing -> desk.readings(showing.view(), language).name(entity))
                .orElse(entity.id());
    }

    /** The critical alerts of the city. */
    AlertBadge critical(Language language) {
        return badge(language, alert -> alert.severity() == Severity.CRITICAL);
    }

    AlertBadge ofVertical(Vertical vertical, Language language) {
        return badge(language, alert -> alert.vertical().equals(vertical.id()));
    }

    AlertBadge ofEntity(String id, Language language) {
        return badge(language, alert -> alert.about().equals(id));
    }

    private AlertBadge badge(Language language, Predicate<Alert> isMeant) {
        List<Alert> open =
                new ArrayList<>(alerts.listOpen().stream().filter(isMeant).toList());
        if (open.isEmpty()) {
            return AlertBadge.NONE;
        }
        open.sort(Comparator.comparing(Alert::severity).reversed());
        String page = language.href(PATH);
        return new AlertBadge(
                Format.of(language).count(open.size(), "alerts.open"),
                page,
                AlertWords.css(open.getFirst().severity()),
                open.stream()
                        .limit(IN_BADGE)
                        .map(alert -> new Link(page + "#" + alert.id(), language.pick(alert.message())))
                        .toList());
    }

    /** Takes what the form sends. */
    Response acknowledge(Request request) {
        FormPost form = FormPost.read(request);
        alerts.acknowledge(request.parameter("id"), form.who(), form.text("note"));
        return Response.seeOther(form.language().href(PATH) + "?state=acknowledged");
    }
}
