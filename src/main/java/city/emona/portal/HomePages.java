package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.BaseMap.Projection;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.AlertTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The city now: the map with all that has a place, a handful of numbers, and the verticals in words. */
final class HomePages {
    private static final String FIELD = "field";

    /** How many numbers stand beside the map; more go below it. */
    private static final int FIGURES_BESIDE = 6;

    private final Desk desk;
    private final Places places;
    private final AlertPages alerts;
    private final FieldPages fields;

    HomePages(Desk desk, Places places, AlertPages alerts, FieldPages fields) {
        this.desk = desk;
        this.places = places;
        this.alerts = alerts;
        this.fields = fields;
    }

    Response home(Request request, Language language) {
        List<Vertical> verticals = desk.verticals().get().list();
        boolean many = verticals.size() > Portal.VERTICALS_AT_ONCE;
        Optional<Vertical> chosen =
                request.query().find(FIELD).flatMap(desk.verticals().get()::find);
        List<Vertical> shown = chosen.map(List::of).orElse(verticals);
        boolean brief = many && chosen.isEmpty();
        Texts texts = Texts.of(language);
        String city = language.pick(desk.site().city());
        List<MapView.Layer> layers = shown.stream()
                .flatMap(vertical -> desk.layers(vertical, language).stream().limit(brief ? 1 : Long.MAX_VALUE))
                .toList();
        String label = texts.text(
                "map.city",
                city,
                String.join(", ", layers.stream().map(MapView.Layer::title).toList()));
        List<Figure> figures = shown.stream()
                .flatMap(vertical -> vertical.views().stream()
                        .flatMap(view -> desk.figures(view, language, true).stream())
                        .limit(brief ? 1 : Long.MAX_VALUE))
                .toList();
        HomePage home = new HomePage(
                desk.time(language).fullMoment(desk.now()),
                new MapView(desk.base(), Projection.CITY, layers, Optional.empty(), label, brief),
                many ? choices(verticals, chosen, language) : List.of(),
                places.findOpen(request, language),
                figures,
                figures.size() > FIGURES_BESIDE,
                fields.rows(language));
        Page page = desk.page(
                language,
                "/",
                texts.text("home.title", city),
                texts.text("home.description", city),
                Follows.types(Stream.concat(Desk.types(verticals).stream(), Stream.of(AlertTerms.ALERT))
                        .toList()));
        return Templates.page(200, "home", Map.of("page", page, "home", home, "alerts", alerts.critical(language)));
    }

    private static List<Choice> choices(List<Vertical> verticals, Optional<Vertical> chosen, Language language) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(Texts.of(language).text("home.all"), language.href("/"), chosen.isEmpty()));
        for (Vertical vertical : verticals) {
            choices.add(new Choice(
                    language.pick(vertical.title()),
                    language.href("/") + "?" + FIELD + "=" + vertical.id(),
                    chosen.filter(vertical::equals).isPresent()));
        }
        return choices;
    }
}
