package city.emona.portal;

import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.BaseMap.Projection;
import city.emona.portal.VerticalPage.Command;
import city.emona.portal.VerticalPage.Licence;
import city.emona.problem.Problem;
import city.emona.vertical.DatasetSpec;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.View;
import city.emona.vertical.indicator.IndicatorTerms;
import city.emona.vertical.rule.AlertTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of a vertical, and its data as GeoJSON and CSV. */
final class VerticalPages {
    private static final Map<String, String> LICENCES =
            Map.of("CC_BY_4_0", "CC BY 4.0", "CC_BYSA_4_0", "CC BY-SA 4.0", "CC0", "CC0 1.0", "ODC_BY", "ODC BY 1.0");

    private final Desk desk;
    private final Places places;
    private final SourcePages sources;
    private final AlertPages alerts;
    private final IndicatorViews indicators;

    VerticalPages(Desk desk, Places places, SourcePages sources, AlertPages alerts, IndicatorViews indicators) {
        this.desk = desk;
        this.places = places;
        this.sources = sources;
        this.alerts = alerts;
        this.indicators = indicators;
    }

    /** The address of a vertical's page, without the language. */
    static String path(Vertical vertical) {
        return "/v/" + vertical.id();
    }

    static String filePath(Vertical vertical, View view, String ending) {
        return path(vertical) + "/" + view.typeTerm() + ending;
    }

    /** The address of the table of a view. */
    static String tableHref(Vertical vertical, View view, Language language) {
        return language.href(path(vertical)) + "#" + view.typeTerm();
    }

    Response vertical(Request request, Language language) {
        Vertical vertical = find(request, language);
        Texts texts = Texts.of(language);
        String title = language.pick(vertical.title());
        String summary = language.pick(vertical.summary());
        List<MapView.Layer> layers = desk.layers(vertical, language);
        String label = texts.text("map.city", language.pick(desk.site().city()), title);
        VerticalPage content = new VerticalPage(
                title,
                summary,
                language.pick(vertical.steward().name()),
                vertical.views().stream()
                        .flatMap(view -> desk.figures(view, language, false).stream())
                        .toList(),
                layers.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new MapView(desk.base(), Projection.CITY, layers, Optional.empty(), label, false)),
                places.findOpen(request, language),
                vertical.views().stream()
                        .map(view -> table(request, vertical, view, language))
                        .toList(),
                sources.ofVertical(vertical, language),
                vertical.datasets().stream()
                        .map(dataset -> licence(dataset, language))
                        .toList(),
                downloads(vertical, language),
                commands(request, vertical, language));
        Page page = desk.page(
                language,
                path(vertical),
                title,
                texts.text("vertical.description", title, summary),
                Follows.types(Stream.concat(
                                Desk.types(List.of(vertical)).stream(),
                                Stream.of(PlatformTerms.DATA_SOURCE, AlertTerms.ALERT, IndicatorTerms.INDICATOR))
                        .toList()));
        return Templates.page(
                200,
                "vertical",
                Map.of(
                        "page",
                        page,
                        "vertical",
                        content,
                        "alerts",
                        alerts.ofVertical(vertical, language),
                        "indicators",
                        indicators.of(vertical, language)));
    }

    private Vertical find(Request request, Language language) {
        return desk.verticals()
                .get()
                .find(request.parameter("id"))
                .orElseThrow(() -> Problem.notFound(Texts.of(language).text("notfound.page", request.path())));
    }

    private TableView table(Request request, Vertical vertical, View view, Language language) {
        return TableView.of(
                desk.readings(view, language),
                desk.entities().ofType(view.type()),
                language,
                desk.now(),
                language.href(path(vertical)),
                request.query().find("sort").orElse(""),
                request.query()
                        .find("page")
                        .filter(page -> page.matches("\\d{1,6}"))
                        .map(Integer::parseInt)
                        .orElse(1));
    }

    private static Licence licence(DatasetSpec dataset, Language language) {
        String code = dataset.licence().substring(dataset.licence().lastIndexOf('/') + 1);
        return new Licence(
                language.pick(dataset.title()),
                LICENCES.getOrDefault(code, dataset.licence()),
                dataset.licence(),
                language.pick(dataset.attribution()));
    }

    private static List<Link> downloads(Vertical vertical, Language language) {
        Texts texts = Texts.of(language);
        List<Link> links = new ArrayList<>();
        for (View view : vertical.views()) {
            String title = language.pick(view.title());
            links.add(new Link(language.href(filePath(vertical, view, ".csv")), texts.text("vertical.csv", title)));
            view.findMap()
                    .ifPresent(map -> links.add(new Link(
                            language.href(filePath(vertical, view, ".geojson")),
                            texts.text("vertical.geojson", title))));
        }
        return links;
    }

    private static List<Command> commands(Request request, Vertical vertical, Language language) {
        Texts texts = Texts.of(language);
        String base = baseAddress(request);
        List<Command> commands = new ArrayList<>();
        for (View view : vertical.views()) {
            String title = language.pick(view.title());
            String query = "curl '" + base + "/ngsi-ld/v1/entities?type=" + view.typeTerm() + "&limit=";
            String context = "  -H 'Link: <" + base + Verticals.CITY_CONTEXT_PATH
                    + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"'";
            commands.add(
                    new Command(texts.text("vertical.apiList", title), query + "20&format=simplified' \\\n" + context));
            commands.add(new Command(
                    texts.text("vertical.apiGeo", title),
                    query + "1000' \\\n  -H 'Accept: application/geo+json' \\\n" + context));
        }
        return commands;
    }

    /** The address under which the reader sees this server. */
    static String baseAddress(Request request) {
        String scheme =
                request.header("X-Forwarded-Proto").filter("https"::equals).orElse("http");
        String host = request.header("Host")
                .filter(h -> h.matches("[A-Za-z0-9.:\\[\\]-]+"))
                .orElse("localhost");
        return scheme + "://" + host;
    }

    /** A view's data as {@code Type.geojson} or {@code Type.csv}. */
    Response file(Request request, Language language) {
        Vertical vertical = find(request, language);
        String file = request.parameter("file");
        int dot = file.lastIndexOf('.');
        String term = dot < 0 ? file : file.substring(0, dot);
        String ending = dot < 0 ? "" : file.substring(dot);
        View view = vertical.views().stream()
                .filter(v -> v.typeTerm().equals(term))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(Texts.of(language).text("notfound.page", request.path())));
        List<Entity> entities = desk.entities().ofType(view.type());
        EntityReadings readings = desk.readings(view, language);
        if (ending.equals(".geojson") && view.findMap().isPresent()) {
            MapLayers layers = new MapLayers(readings, view.findMap().get(), language);
            return Response.of(200, "application/geo+json", MapLayers.geoJson(layers.points(entities)))
                    .with("Cache-Control", "no-cache");
        }
        if (ending.equals(".csv")) {
            return Response.of(200, "text/csv; charset=utf-8", CsvTable.of(readings, entities, language))
                    .with("Content-Disposition", "attachment; filename=\"" + vertical.id() + ".csv\"")
                    .with("Cache-Control", "no-cache");
        }
        throw Problem.notFound(Texts.of(language).text("notfound.page", request.path()));
    }
}
