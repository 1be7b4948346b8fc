package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.EntityReader;
import city.emona.context.PackedEntity;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.ConditionParser;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.GeoQuery;
import city.emona.query.QueryNames;
import city.emona.query.TypeSelection;
import city.emona.store.StoredEntity;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns never rule out an entity whose every version fulfils the filter, however fast it moves from one to the other. */
class MovingEntitiesTest {
    private static final TermTable TERMS = TermTable.core();
    private static final int ENTITIES = 400;
    private static final int SCANS = 20_000;

    private static final String ONE = "\"s\":\"p\",\"n\":7,\"location\":" + point("179.999", "50");
    private static final String OTHER = "\"s\":\"q\",\"n\":[7,8],\"location\":" + point("-179.99999", "50.0006");

    private static String point(String longitude, String latitude) {
        return "{\"type\":\"Point\",\"coordinates\":[" + longitude + "," + latitude + "]}";
    }

    private static StoredEntity entity(int number, String members, long version) {
        String id = "urn:x:%04d".formatted(number);
        String json = "{\"id\":\"" + id + "\",\"type\":\"T\"," + members + "}";
        return new StoredEntity(
                id, version, PackedEntity.pack(EntityReader.read(Json.parse(json), TERMS, 1_700_000_000_000L)));
    }

    private static EntityFilter filter(String about) {
        EntityFilter all = EntityFilter.of(EntitySelector.ofTypes(TypeSelection.of(TERMS.expand("T"))));
        return switch (about) {
            // west of the middle or north of it, across the antimeridian: with one's longitude and the other's latitude
            // it is too far
            case "place" ->
                all.withGeo(GeoQuery.parse(
                        "near;maxDistance==75", "Point", Json.parse("[180,50]"), TERMS.expand("location")));
            default -> all.withCondition(ConditionParser.parse(about, QueryNames.of(TERMS)));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"s==\"p\",\"q\"", "n==7", "place"})
    void areAlwaysFound(String about) throws InterruptedException {
        EntityList list = new EntityList();
        for (int i = 0; i < ENTITIES; i++) {
            list.put(entity(i, ONE, i));
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                list.put(entity(3, i % 2 == 0 ? OTHER : ONE, i));
            }
        });
        QueryPlan plan = QueryPlan.of(filter(about));
        int fewest = ENTITIES;
        for (int i = 0; i < SCANS; i++) {
            int found = 0;
            for (Iterator<StoredEntity> left = list.iterator(plan.on(list)); left.hasNext(); left.next()) {
                found++;
            }
            fewest = Math.min(fewest, found);
        }
        stop.set(true);
        writer.join();
        assertThat(fewest).isEqualTo(ENTITIES);
    }
}
