package city.emona.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.Condition;
import city.emona.query.ConditionParser;
import city.emona.query.EntityFilter;
import city.emona.query.EntityMatcher;
import city.emona.query.EntityQuery;
import city.emona.query.EntitySelector;
import city.emona.query.GeoQuery;
import city.emona.query.LinkedEntities;
import city.emona.query.QueryNames;
import city.emona.query.ScopeQuery;
import city.emona.query.TypeSelection;
import city.emona.store.ChangeSet;
import city.emona.store.EntityPage;
import city.emona.store.EntityWrite;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found with columns is what is found by looking at every entity. */
class IndexedQueryTest {
    private static final long SEED = Long.getLong("tests.seed", System.nanoTime());
    private static final TermTable TERMS = TermTable.core();

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "-1",
            "7",
            "7.000000000000000001",
            "6.999999999999999999",
            "123456789012345678",
            "123456789012345679",
            "1e3",
            "1000",
            "1e-400",
            "1E400",
            "-1e400",
            "0.1",
            "0.30000000000000004",
            "42");
    private static final List<String> TEXTS = List.of("a", "b", "", "Čaj", "2026-11-23T09:00:00Z", "7", "urn:x:1");
    private static final List<String> CONDITIONS = List.of(
            "n==7",
            "n>7",
            "n>=7",
            "n<7",
            "n<=1",
            "n==1,1000",
            "n==-1..7",
            "n!=7",
            "n==0",
            "n>123456789012345678",
            "n<1e-300",
            "n==\"7\"",
            "s==\"a\"",
            "s==\"a\",\"b\"",
            "s!=\"a\"",
            "s==true",
            "s>\"a\"",
            "s~=a",
            "s==2026-11-23T09:00:00Z",
            "r==urn:x:1",
            "r==urn:x:1,urn:x:2",
            "n",
            "s",
            "n.unit==1",
            "n==7|s==\"a\"",
            "n>0;s==\"b\"",
            "n>=0;n<=1",
            "m==7",
            "s[sl]==\"a\"");
    private static final List<String> SCOPES =
            List.of("/a", "/a/b", "/č", "/a/+", "/#", "/a/#", "/b", "/a,/č", "(/a;/č)");

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    private LocalStore store;

    @BeforeEach
    void open() {
        System.out.println("tests.seed=" + SEED);
        store = LocalStore.open(folder, 0, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Entity entity(String id) {
        StringBuilder json = new StringBuilder("{\"id\":\"" + id + "\",\"type\":");
        json.append(random.nextInt(4) == 0 ? "[\"T\",\"U\"]" : random.nextInt(6) == 0 ? "\"U\"" : "\"T\"");
        switch (random.nextInt(4)) {
            case 0 -> json.append(",\"scope\":[\"/a\",\"/č\"]");
            case 1 -> json.append(",\"scope\":\"/a/b\"");
            default -> {}
        }
        member(json, "n", number());
        member(json, "s", text());
        member(json, "r", relationship());
        member(json, "location", place());
        return EntityReader.read(Json.parse(json.append('}').toString()), TERMS, 1_700_000_000_000L);
    }

    private void member(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(value);
        }
    }

    private @Nullable String number() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> "{\"value\":[" + any(NUMBERS) + ",\"x\"]}";
            case 2 -> "{\"value\":\"" + any(TEXTS) + "\"}";
            case 3 -> "[{\"value\":" + any(NUMBERS) + "},{\"value\":" + any(NUMBERS) + ",\"datasetId\":\"urn:d:1\"}]";
            case 4 -> "{\"value\":" + any(NUMBERS) + ",\"expiresAt\":\"2020-01-01T00:00:00Z\"}";
            case 5 -> "{\"value\":" + any(NUMBERS) + ",\"datasetId\":\"urn:d:1\",\"unit\":{\"value\":1}}";
            default -> "{\"value\":" + any(NUMBERS) + "}";
        };
    }

    private @Nullable String text() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> "{\"value\":[\"" + any(TEXTS) + "\"]}";
            case 2 -> "{\"languageMap\":{\"sl\":\"" + any(TEXTS) + "\"}}";
            case 3 -> "{\"value\":" + random.nextBoolean() + "}";
            case 4 -> "{\"value\":{\"@type\":\"DateTime\",\"@value\":\"2026-11-23T09:00:00Z\"}}";
            default -> "{\"value\":\"" + any(TEXTS) + "\"}";
        };
    }

    private @Nullable String relationship() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> "{\"object\":[\"urn:x:1\",\"urn:x:3\"]}";
            default -> "{\"object\":\"urn:x:" + random.nextInt(4) + "\"}";
        };
    }

    private @Nullable String place() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> geometry("LineString", "[" + position() + "," + position() + "]");
            case 2 -> geometry("Polygon", "[[[14,46],[14.2,46],[14.2,46.2],[14,46]]]");
            case 3 ->
                "[" + geometry("Point", position()) + ","
                        + geometry("Point", position()).replaceFirst("\\}$", ",\"datasetId\":\"urn:d:1\"}") + "]";
            default -> geometry("Point", position());
        };
    }

    private static String geometry(String type, String coordinates) {
        return "{\"type\":\"GeoProperty\",\"value\":{\"type\":\"" + type + "\",\"coordinates\":" + coordinates + "}}";
    }

    private String position() {
        boolean far = random.nextInt(10) == 0;
        double longitude = far ? (random.nextBoolean() ? 179.99 : -179.99) : 14 + random.nextDouble();
        double latitude = random.nextInt(20) == 0 ? 89.9 : 46 + random.nextDouble();
        return String.format(Locale.ROOT, "[%.6f,%.6f]", longitude, latitude);
    }

    private EntityFilter filter() {
        List<String> types = List.of("T", "U", "T|U", "(T;U)", "*");
        EntityFilter filter = EntityFilter.of(EntitySelector.ofTypes(TypeSelection.parse(any(types), TERMS::expand)));
        if (random.nextInt(3) > 0) {
            String first = any(CONDITIONS);
            String text = random.nextInt(3) == 0 ? "(" + first + ");(" + any(CONDITIONS) + ")" : first;
            filter = filter.withCondition(condition(text));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withScopes(ScopeQuery.parse(any(SCOPES)));
        }
        if (random.nextInt(2) == 0) {
            filter = filter.withGeo(geo());
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withAttributes(Set.of(TERMS.expand(any(List.of("n", "s", "m", "unit")))));
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withDatasets(random.nextBoolean() ? Set.of("") : Set.of("urn:d:1"));
        }
        return filter;
    }

    private static Condition condition(String text) {
        return ConditionParser.parse(text, QueryNames.of(TERMS));
    }

    private GeoQuery geo() {
        String property = TERMS.expand("location");
        String distance = "==" + any(List.of("1", "2000", "30000", "1e7"));
        return switch (random.nextInt(4)) {
            case 0 -> GeoQuery.parse("near;maxDistance" + distance, "Point", Json.parse(position()), property);
            case 1 -> GeoQuery.parse("near;minDistance" + distance, "Point", Json.parse(position()), property);
            default ->
                GeoQuery.parse(
                        any(List.of("within", "intersects", "disjoint", "contains", "overlaps", "equals")),
                        "Polygon",
                        Json.parse("[[[14,46],[14.2,46],[14.2,46.2],[14,46]]]"),
                        property);
        };
    }

    private void put(String id) {
        EntityWrite write = store.findEntity(Tenant.DEFAULT, id)
                .map(before ->
                        random.nextInt(8) == 0 ? EntityWrite.delete(before) : EntityWrite.replace(before, entity(id)))
                .orElseGet(() -> EntityWrite.create(entity(id)));
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(write)));
    }

    private void create(int count) {
        List<EntityWrite> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(EntityWrite.create(entity("urn:x:%05d".formatted(2 * i))));
        }
        store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, writes));
    }

    private List<String> byLooking(EntityFilter filter) {
        EntityQuery all = EntityQuery.of(EntityFilter.of(EntitySelector.ANY)).withLimit(Integer.MAX_VALUE);
        EntityMatcher matcher = new EntityMatcher(filter, LinkedEntities.NONE);
        TreeMap<String, StoredEntity> found = new TreeMap<>();
        for (StoredEntity stored : store.queryEntities(Tenant.DEFAULT, all).stored()) {
            if (matcher.mayMatch(
                            stored.id(),
                            stored.packed().types(),
                            stored.packed().names())
                    && matcher.matches(stored.entity())) {
                found.put(stored.id(), stored);
            }
        }
        return List.copyOf(found.keySet());
    }

    @Test
    void findsWhatLookingAtEveryEntityFinds() {
        create(1_000);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            for (int k = random.nextInt(4); k > 0; k--) {
                put("urn:x:%05d".formatted(random.nextInt(2_200)));
            }
            EntityFilter filter = filter();
            int limit = random.nextInt(40);
            int offset = random.nextInt(3) == 0 ? random.nextInt(30) : 0;
            EntityPage page = store.queryEntities(
                    Tenant.DEFAULT,
                    EntityQuery.of(filter).withLimit(limit).withOffset(offset).withCount());
            List<String> expected = byLooking(filter);
            assertThat(page.stored().stream().map(StoredEntity::id))
                    .as("%s, query %s, seed %s", filter, i, SEED)
                    .containsExactlyElementsOf(
                            expected.stream().skip(offset).limit(limit).toList());
            assertThat(page.total())
                    .as("%s, query %s, seed %s", filter, i, SEED)
                    .isEqualTo(expected.size());
            assertThat(page.more()).isEqualTo(expected.size() > offset + limit);
            found += expected.size();
        }
        assertThat(found).isPositive();
    }

    @Test
    void findsWhateverMatchesAllTheTimeWhileItChanges() throws InterruptedException {
        create(600);
        List<String> steady = new ArrayList<>();
        for (int i = 1; i < 600; i += 40) {
            String id = "urn:x:%05d".formatted(i);
            steady.add(id);
            store.commit(ChangeSet.ofEntities(Tenant.DEFAULT, List.of(EntityWrite.create(steady(id, i)))));
        }
        EntityFilter filter = EntityFilter.of(EntitySelector.ofTypes(TypeSelection.of(TERMS.expand("T"))))
                .withCondition(condition("n>5000;s==\"p\",\"q\";n<9000"))
                .withScopes(ScopeQuery.parse("/steady/#"))
                .withGeo(GeoQuery.parse(
                        "near;maxDistance==5000", "Point", Json.parse("[10,50]"), TERMS.expand("location")));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> fault = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                List<String> ids =
                        store
                                .queryEntities(
                                        Tenant.DEFAULT, EntityQuery.of(filter).withLimit(1_000))
                                .stored()
                                .stream()
                                .map(StoredEntity::id)
                                .toList();
                if (!ids.equals(steady)) {
                    fault.set(ids + " instead of " + steady);
                }
            }
        });
        for (int i = 0; i < 1_500; i++) {
            String id = steady.get(random.nextInt(steady.size()));
            StoredEntity before = store.findEntity(Tenant.DEFAULT, id).orElseThrow();
            store.commit(ChangeSet.ofEntities(
                    Tenant.DEFAULT, List.of(EntityWrite.replace(before, steady(id, random.nextInt(3_000))))));
            put("urn:x:%05d".formatted(2 * random.nextInt(1_600)));
        }
        stop.set(true);
        reader.join();
        assertThat(fault.get()).isEmpty();
    }

    private static Entity steady(String id, int variant) {
        return EntityReader.read(
                Json.parse("""
                        {"id": "%s", "type": "T", "scope": "/steady/%s", "n": %d, "s": "%s",
                         "location": {"type": "Point", "coordinates": [10.00%d, 50.00%d]}}""".formatted(
                                id,
                                "l" + variant % 7,
                                5_001 + variant,
                                variant % 2 == 0 ? "p" : "q",
                                variant % 9,
                                variant % 8)),
                TERMS,
                1);
    }
}
