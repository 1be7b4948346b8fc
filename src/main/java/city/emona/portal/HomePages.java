package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.BaseMap.Projection;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.AlertTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The city now: the map with all that has a place, a handful of numbers, and the verticals in words. */
final class HomePages {
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
        Texts texts = Texts.of(language);
        String city = language.pick(desk.site().city());
        List<MapView.Layer> layers = verticals.stream()
                .flatMap(vertical -> desk.layers(vertical, language).stream())
                .toList();
        String label = texts.text(
                "map.city",
                city,
                String.join(", ", layers.stream().map(MapView.Layer::title).toList()));
        HomePage home = new HomePage(
                desk.time(language).fullMoment(desk.now()),
                new MapView(desk.base(), Projection.CITY, layers, Optional.empty(), label),
                places.findOpen(request, language),
                verticals.stream()
                        .flatMap(vertical -> vertical.views().stream())
                        .flatMap(view -> desk.figures(view, language, true).stream())
                        .toList(),
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
}
