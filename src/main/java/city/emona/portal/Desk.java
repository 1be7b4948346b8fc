package city.emona.portal;

import city.emona.access.Visit;
import city.emona.context.Entity;
import city.emona.http.Response;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.View;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What every page is made from: the site, the verticals, the entities, the base map and the time. */
record Desk(Site site, Supplier<Verticals> verticals, CityEntities entities, BaseMap base, Clock clock) {

    /** The position of the log that the pages made on this thread show at least. */
    private static final ScopedValue<Long> POSITION = ScopedValue.newInstance();

    /** A view with the vertical that brings it. */
    record Showing(Vertical vertical, View view) {}

    /**
     * Makes an answer of which the pages know from where on to follow the city.
     *
     * @param position of the log, up to which all is seen that is read from now on
     */
    static Response showing(long position, Supplier<Response> page) {
        return ScopedValue.where(POSITION, position).call(page::get);
    }

    Instant now() {
        return clock.instant();
    }

    Page page(Language language, String path, String title, String description, String follows) {
        String city = language.pick(site.city());
        return new Page(
                site,
                language,
                path,
                title + " – Emona " + city,
                description,
                follows,
                POSITION.orElse(0L),
                Visit.current());
    }

    CityTime time(Language language) {
        return new CityTime(language, site.zone());
    }

    EntityReadings readings(View view, Language language) {
        return new EntityReadings(view, time(language), now(), id -> findName(id, language));
    }

    /** What an entity is called, of which only the id is known; names lead no further than to it. */
    private Optional<String> findName(String id, Language language) {
        return entities.find(id)
                .flatMap(entity -> findShowing(entity)
                        .flatMap(showing -> new EntityReadings(
                                        showing.view(), time(language), now(), _ -> Optional.empty())
                                .findName(entity)));
    }

    /** How an entity is shown; empty where no vertical says so. */
    Optional<Showing> findShowing(Entity entity) {
        for (Vertical vertical : verticals.get().list()) {
            for (View view : vertical.views()) {
                if (entity.types().contains(view.type())) {
                    return Optional.of(new Showing(vertical, view));
                }
            }
        }
        return Optional.empty();
    }

    /** The layers of a vertical's map. */
    List<MapView.Layer> layers(Vertical vertical, Language language) {
        List<MapView.Layer> layers = new ArrayList<>();
        for (View view : vertical.views()) {
            view.findMap()
                    .ifPresent(map -> layers.add(new MapLayers(readings(view, language), map, language)
                            .layer(
                                    view.typeTerm(),
                                    language.pick(vertical.views().size() == 1 ? vertical.title() : view.title()),
                                    VerticalPages.tableHref(vertical, view, language),
                                    language.href(VerticalPages.filePath(vertical, view, ".geojson")),
                                    entities.ofType(view.type()))));
        }
        return layers;
    }

    List<Figure> figures(View view, Language language, boolean onlyHome) {
        Figures figures = new Figures(readings(view, language), entities.ofType(view.type()), time(language), now());
        return view.keyFigures().stream()
                .filter(figure -> figure.onHome() || !onlyHome)
                .map(figures::figure)
                .toList();
    }

    /** The type of every entity that a vertical shows. */
    static List<String> types(List<Vertical> verticals) {
        return verticals.stream()
                .flatMap(vertical -> vertical.views().stream())
                .map(View::type)
                .toList();
    }
}
