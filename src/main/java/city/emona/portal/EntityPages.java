package city.emona.portal;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.BaseMap.Projection;
import city.emona.portal.MapView.Layer;
import city.emona.portal.MapView.Point;
import city.emona.portal.PlaceView.Fact;
import city.emona.problem.Problem;
import city.emona.vertical.Column;
import city.emona.vertical.CountedNoun;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.MapLayer;
import city.emona.vertical.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of an entity, and the same in short for the sheet beside a map. */
final class EntityPages {
    private static final String NAME = "https://smartdatamodels.org/name";

    private final Desk desk;
    private final Places places;

    EntityPages(Desk desk, Places places) {
        this.desk = desk;
        this.places = places;
    }

    Response entity(Request request, Language language) {
        String id = request.parameter("id");
        Texts texts = Texts.of(language);
        Entity entity = desk.entities().find(id).orElseThrow(() -> Problem.notFound(texts.text("notfound.entity", id)));
        PlaceView place = places.find(id, language).orElseGet(() -> undeclared(entity, language));
        Page page = desk.page(
                language,
                EntityAddress.path(id),
                place.name(),
                texts.text("entity.description", place.name()),
                Follows.entity(id));
        if (request.query().find("part").filter("place"::equals).isPresent()) {
            return Templates.page(200, "part/place", Map.of("page", page, "place", place));
        }
        return Templates.page(200, "entity", Map.of("page", page, "place", place, "map", map(entity, place, language)));
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
                    Texts.of(language).text("map.city", place.name(), layer.title()));
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
        View view = new View(
                entity.types().getFirst(),
                localName(entity.types().getFirst()),
                LocalizedText.same(localName(entity.types().getFirst())),
                new CountedNoun(List.of("zapis", "zapisa", "zapisi", "zapisov"), List.of("record", "records")),
                NAME,
                Duration.ofDays(36_500),
                entity.attributes().stream().map(EntityPages::column).toList(),
                List.of(),
                null);
        EntityReadings readings = desk.readings(view, language);
        List<Fact> facts = view.columns().stream()
                .map(column -> new Fact(language.pick(column.title()), readings.reading(entity, column), ""))
                .filter(fact -> !fact.reading().isMissing())
                .toList();
        Format format = Format.of(language);
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
                        .map(then -> format.age(then, desk.now()))
                        .orElse(""),
                readings.observedAt(entity).map(format::dateTime).orElse(""),
                false,
                Places.apiHref(entity.id()));
    }

    private static Column column(Attribute attribute) {
        String name = localName(attribute.name());
        return new Column(attribute.name(), name, LocalizedText.same(name), "", 2, Map.of(), true);
    }

    private static String localName(String iri) {
        return iri.substring(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1);
    }
}
