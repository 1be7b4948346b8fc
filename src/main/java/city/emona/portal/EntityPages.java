package city.emona.portal;

import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.BaseMap.Projection;
import city.emona.portal.MapView.Layer;
import city.emona.portal.MapView.Point;
import city.emona.portal.PlaceView.Fact;
import city.emona.problem.Problem;
import city.emona.vertical.MapLayer;
import city.emona.vertical.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of an entity, and the same in short for the sheet beside a map. */
final class EntityPages {
    private final Desk desk;
    private final Places places;
    private final AlertPages alerts;
    private final OriginViews origins;

    EntityPages(Desk desk, Places places, AlertPages alerts, OriginViews origins) {
        this.desk = desk;
        this.places = places;
        this.alerts = alerts;
        this.origins = origins;
    }

    Response entity(Request request, Language language) {
        String id = request.parameter("id");
        Texts texts = Texts.of(language);
        KnownEntity known =
                desk.entities().findKnown(id).orElseThrow(() -> Problem.notFound(texts.text("notfound.entity", id)));
        Entity entity = known.entity();
        PlaceView place = places.of(entity, language).orElseGet(() -> undeclared(entity, language));
        if (request.query().find("part").filter("place"::equals).isPresent()) {
            Page page = page(language, EntityAddress.path(id), place);
            return Templates.page(200, "part/place", Map.of("page", page, "place", place));
        }
        HistorySection history = new HistorySection(desk, request, language, known);
        return Templates.page(
                200,
                "entity",
                Map.of(
                        "page",
                        page(language, history.path(), place),
                        "place",
                        place,
                        "map",
                        known.isCurrent() ? map(entity, place, language) : Optional.empty(),
                        "gone",
                        gone(known, language),
                        "history",
                        history.view(),
                        "alerts",
                        alerts.ofEntity(id, language),
                        "origins",
                        origins.of(entity, language)));
    }

    private Page page(Language language, String path, PlaceView place) {
        String description = Texts.of(language).text("entity.description", place.name());
        return desk.page(language, path, place.name(), description, Follows.entity(place.id()));
    }

    /** Why an entity shows its history only; empty where it exists. */
    private String gone(KnownEntity known, Language language) {
        if (known.isCurrent()) {
            return "";
        }
        return known.findDeletion()
                .map(at -> Texts.of(language)
                        .text("entity.deleted", desk.time(language).dateTime(at)))
                .orElseGet(() -> Texts.of(language).text("entity.onlyHistory"));
    }

    private Optional<MapView> map(Entity entity, PlaceView place, Language language) {
        Optional<Desk.Showing> showing = desk.findShowing(entity);
        Optional<MapLayer> declared = showing.flatMap(s -> s.view().findMap());
        if (showing.isEmpty() || declared.isEmpty()) {
            return Optional.empty();
        }
        View view = showing.get().view();
        MapLayers layers = new MapLayers(desk.readings(view, language), declared.get(), language);
        return layers.point(entity).map(point -> {
            Layer all = layers.layer(
                    view.typeTerm(),
                    language.pick(view.title()),
                    VerticalPages.tableHref(showing.get().vertical(), view, language),
                    language.href(VerticalPages.filePath(showing.get().vertical(), view, ".geojson")),
                    desk.entities().ofType(view.type()));
            Layer layer = new Layer(
                    all.id(),
                    all.title(),
                    all.subject(),
                    all.tableHref(),
                    all.dataHref(),
                    all.legend(),
                    withFocusLast(all, point));
            return new MapView(
                    desk.base(),
                    Projection.around(point.longitude(), point.latitude()),
                    List.of(layer),
                    Optional.of(point),
                    Texts.of(language).text("map.city", place.name(), layer.title()),
                    false);
        });
    }

    private static List<Point> withFocusLast(Layer all, Point focus) {
        return Stream.concat(
                        all.points().stream().filter(p -> !p.id().equals(focus.id())),
                        all.points().stream().filter(p -> p.id().equals(focus.id())))
                .toList();
    }

    /** An entity of a type that no vertical shows: its attributes under the last part of their names. */
    private PlaceView undeclared(Entity entity, Language language) {
        View view = UndeclaredView.of(entity);
        EntityReadings readings = desk.readings(view, language);
        List<Fact> facts = view.columns().stream()
                .map(column -> new Fact(language.pick(column.title()), readings.reading(entity, column), ""))
                .filter(fact -> !fact.reading().isMissing())
                .toList();
        CityTime time = desk.time(language);
        return new PlaceView(
                entity.id(),
                EntityAddress.href(language, entity.id()),
                readings.name(entity),
                Texts.of(language).text("entity.thing"),
                Optional.empty(),
                readings.address(entity),
                readings.provider(entity),
                EntityReadings.isDemo(entity),
                facts,
                readings.observedAt(entity),
                readings.observedAt(entity)
                        .map(then -> time.age(then, desk.now()))
                        .orElse(""),
                readings.observedAt(entity).map(time::dateTime).orElse(""),
                false,
                Places.apiHref(entity.id()),
                Places.originsHref(entity.id()));
    }
}
