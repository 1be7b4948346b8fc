package city.emona.portal;

import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.portal.PlaceView.Fact;
import city.emona.vertical.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of an entity what a person reads. */
final class Places {
    private final Desk desk;

    Places(Desk desk) {
        this.desk = desk;
    }

    /** The place that the address asks to open beside the map; empty for none, or for one that is gone. */
    Optional<PlaceView> findOpen(Request request, Language language) {
        return request.query().find("place").flatMap(id -> find(id, language));
    }

    /** An entity that a vertical shows. */
    Optional<PlaceView> find(String id, Language language) {
        return desk.entities().find(id).flatMap(entity -> of(entity, language));
    }

    /** The same for an entity that was read. */
    Optional<PlaceView> of(Entity entity, Language language) {
        return desk.findShowing(entity).map(showing -> place(entity, showing, language));
    }

    private PlaceView place(Entity entity, Desk.Showing showing, Language language) {
        EntityReadings readings = desk.readings(showing.view(), language);
        CityTime time = desk.time(language);
        Instant now = desk.now();
        Optional<Instant> observedAt = readings.observedAt(entity);
        String age = observedAt.map(then -> time.age(then, now)).orElse("");
        List<Fact> facts = new ArrayList<>();
        for (Column column : showing.view().columns()) {
            Reading reading = readings.reading(entity, column);
            if (!reading.isMissing() || column.inTable()) {
                String own =
                        reading.observedAt().map(then -> time.age(then, now)).orElse("");
                facts.add(new Fact(
                        language.pick(column.title()),
                        reading,
                        own.equals(age) || reading.number().isEmpty() ? "" : own));
            }
        }
        return new PlaceView(
                entity.id(),
                EntityAddress.href(language, entity.id()),
                readings.name(entity),
                showing.view().noun().form(1, language.tag()),
                Optional.of(new Link(
                        language.href(VerticalPages.path(showing.vertical())),
                        language.pick(showing.vertical().title()))),
                readings.address(entity),
                readings.provider(entity),
                EntityReadings.isDemo(entity),
                facts,
                observedAt,
                age,
                observedAt.map(time::dateTime).orElse(""),
                observedAt.map(readings::isStale).orElse(false),
                apiHref(entity.id()),
                originsHref(entity.id()));
    }

    static String originsHref(String id) {
        return "/provenance/" + EntityAddress.encoded(id);
    }

    static String apiHref(String id) {
        return "/ngsi-ld/v1/entities/" + EntityAddress.encoded(id);
    }
}
