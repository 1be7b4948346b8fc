package city.emona.broker.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.PackedEntity;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.query.ConditionEvaluator;
import city.emona.query.EntityFilter;
import city.emona.query.LinkedEntities;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The index, against asking every subscription about every change in the plainest way. */
class IndexOracleTest {
    private static final List<String> TYPES = List.of("A", "B", "C");
    private static final List<String> NAMES = List.of("a", "b", "c", "p");
    private static final List<String> VALUES = List.of(
            "0",
            "-0.0",
            "1",
            "2",
            "2.5",
            "1e1",
            "0.1",
            "0.10000000000000001",
            "123456789012345678",
            "\"x\"",
            "\"y\"",
            "\"2\"",
            "true",
            "[1, \"x\"]",
            "{\"@type\": \"DateTime\", \"@value\": \"2026-01-01T00:00:00Z\"}");
    private static final List<String> LITERALS = List.of(
            "0",
            "1",
            "2",
            "2.5",
            "10",
            "0.1",
            "123456789012345678",
            "\"x\"",
            "\"y\"",
            "1..2",
            "0,1,2",
            "\"x\",\"y\"",
            "x",
            "true",
            "2026-01-01T00:00:00Z");
    private static final List<String> OPERATORS = List.of("==", "!=", ">", ">=", "<", "<=");

    private final long seed = Long.getLong("tests.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String entity(String id) {
        ObjectNode json = Json.object().put("id", id);
        json.set("type", Json.parse(random.nextInt(4) == 0 ? "[\"A\", \"B\"]" : "\"" + one(TYPES) + "\""));
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(3) > 0) {
                json.set(name, Json.parse(attribute()));
            }
        }
        if (random.nextInt(2) == 0) {
            String place = "{\"type\": \"Point\", \"coordinates\": [" + random.nextInt(4) + ", 46]}";
            String line = "{\"type\": \"LineString\", \"coordinates\": [[-170, 1], [" + random.nextInt(170) + ", 80]]}";
            json.set("p", Json.parse(random.nextInt(4) == 0 ? line : place));
        }
        if (random.nextInt(3) == 0) {
            json.set("scope", Json.parse(one(List.of("\"/S\"", "\"/S/T\"", "[\"/R/T\", \"/X/Y\"]"))));
        }
        return Json.text(json);
    }

    private String attribute() {
        String instance = "{\"value\": " + one(VALUES) + "}";
        return switch (random.nextInt(6)) {
            case 0 -> "[" + instance + ", {\"value\": " + one(VALUES) + ", \"datasetId\": \"urn:d:1\"}]";
            case 1 -> "{\"object\": \"urn:x:" + random.nextInt(2) + "\"}";
            case 2 -> "{\"languageMap\": {\"sl\": \"x\"}}";
            default -> instance;
        };
    }

    private String term() {
        String operator = one(OPERATORS);
        String literal = one(LITERALS);
        boolean ordering = operator.startsWith(">") || operator.startsWith("<");
        return ordering && (literal.contains(",") || literal.contains("..") || literal.equals("true"))
                ? one(NAMES)
                : one(NAMES) + operator + literal;
    }

    private String q() {
        return switch (random.nextInt(4)) {
            case 0 -> term() + ";" + term();
            case 1 -> term() + "|" + term();
            case 2 -> term() + ";(" + term() + "|" + term() + ")";
            default -> term();
        };
    }

    private Subscription subscription(int number) {
        ObjectNode json = Json.object()
                .put("id", "urn:s:" + number)
                .put("type", "Subscription")
                .put("localOnly", true);
        json.putObject("notification").putObject("endpoint").put("uri", "http://localhost:9/");
        if (random.nextInt(5) > 0) {
            json.set(
                    "entities",
                    Json.parse(one(List.of(
                            "[{\"type\": \"A\"}]",
                            "[{\"type\": \"A,B\"}]",
                            "[{\"type\": \"(A;B),C\"}]",
                            "[{\"type\": \"*\", \"id\": [\"urn:e:1\", \"urn:e:2\"]}]",
                            "[{\"type\": \"A\", \"id\": \"urn:e:1\"}, {\"type\": \"B\"}]",
                            "[{\"type\": \"*\", \"idPattern\": \"[12]$\"}]",
                            "[{\"type\": \"A\", \"idPattern\": \"^urn:e:1\"}]",
                            "[{\"type\": \"*\", \"idPattern\": \"^urn:e:1?.$\"}]",
                            "[{\"type\": \"*\", \"idPattern\": \"^x|2\"}]"))));
        }
        if (random.nextInt(3) == 0) {
            json.putArray("watchedAttributes").add(one(NAMES)).add(one(NAMES));
        }
        if (random.nextInt(2) == 0) {
            json.putArray("notificationTrigger")
                    .add(one(List.of(
                            "entityCreated", "entityUpdated", "entityDeleted", "attributeCreated", "attributeDeleted")))
                    .add(one(List.of("attributeUpdated", "entityDeleted")));
        }
        if (random.nextInt(2) == 0) {
            json.put("q", q());
        }
        if (random.nextInt(4) == 0) {
            json.putObject("geoQ")
                    .put(
                            "georel",
                            one(List.of(
                                    "within",
                                    "disjoint",
                                    "contains",
                                    "near;maxDistance==100000",
                                    "near;minDistance==50000")))
                    .put("geometry", "Polygon")
                    .put("geoproperty", "p")
                    .set("coordinates", Json.parse("[[[0.5, 45], [2.5, 45], [2.5, 47], [0.5, 47], [0.5, 45]]]"));
        }
        if (random.nextInt(5) == 0) {
            json.put("scopeQ", one(List.of("/S", "/S/#", "/S/T", "/+/T", "(/S;/+),/X/#", "/#")));
        }
        if (random.nextInt(5) == 0) {
            json.putArray("datasetId").add(one(List.of("@none", "urn:d:1")));
        }
        TermTable terms = TermTable.core();
        ObjectNode document = SubscriptionReader.document(json, terms);
        return SubscriptionReader.read("", document, SubscriptionReader.condition(document, terms), "");
    }

    /** The rules once more, with nothing but whole entities. */
    private static boolean isTold(Subscription subscription, @Nullable Entity before, @Nullable Entity after) {
        Entity state = after == null ? before : after;
        if (state == null) {
            return false;
        }
        EntityFilter filter = subscription.filter();
        boolean meant = filter.selectors().stream().anyMatch(s -> s.matches(state.id(), state.types()))
                && (filter.scopes() == null || filter.scopes().matches(state.scopes()))
                && (filter.geo() == null || filter.geo().matches(state, filter.datasets()))
                && (filter.condition() == null
                        || new ConditionEvaluator(LinkedEntities.NONE, filter.datasets())
                                .matches(filter.condition(), state));
        Set<Trigger> happened = EnumSet.noneOf(Trigger.class);
        Set<String> names = new TreeSet<>();
        for (String name : NAMES) {
            String full = TermTable.core().expand(name);
            if (!subscription.watched().isEmpty() && !subscription.watched().contains(full)) {
                continue;
            }
            for (String dataset : List.of("", "urn:d:1")) {
                if (filter.datasets() != null && !filter.datasets().contains(dataset)) {
                    continue;
                }
                AttributeInstance earlier = instance(before, full, dataset);
                AttributeInstance later = instance(after, full, dataset);
                if (earlier == null && later != null) {
                    happened.add(Trigger.ATTRIBUTE_CREATED);
                    names.add(name);
                } else if (earlier != null && later == null) {
                    happened.add(Trigger.ATTRIBUTE_DELETED);
                    names.add(name);
                } else if (earlier != null && later != null && !earlier.sameContent(later)) {
                    happened.add(Trigger.ATTRIBUTE_UPDATED);
                    names.add(name);
                }
            }
        }
        if (subscription.watched().isEmpty() || !names.isEmpty()) {
            if (before == null) {
                happened.add(Trigger.ENTITY_CREATED);
            } else if (after == null) {
                happened.add(Trigger.ENTITY_DELETED);
            }
        }
        return meant && subscription.triggers().stream().anyMatch(happened::contains);
    }

    private static @Nullable AttributeInstance instance(@Nullable Entity entity, String name, String dataset) {
        Attribute attribute = entity == null ? null : entity.findAttribute(name).orElse(null);
        return attribute == null ? null : attribute.findInstance(dataset).orElse(null);
    }

    private static @Nullable StoredEntity stored(@Nullable Entity entity) {
        return entity == null ? null : new StoredEntity(entity.id(), 1, PackedEntity.pack(entity));
    }

    private @Nullable Entity drawn(String id) {
        return random.nextInt(5) == 0 ? null : EntityReader.read(Json.parse(entity(id)), TermTable.core(), 1_000);
    }

    @Test
    void findsWhomEachChangeConcerns() {
        System.out.println("tests.seed=" + seed);
        int told = 0;
        for (int round = 0; round < 20; round++) {
            SubscriptionIndex index = new SubscriptionIndex();
            List<LiveSubscription> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                LiveSubscription live = new LiveSubscription(Tenant.DEFAULT, subscription(i), new DeliveryRecord());
                all.add(live);
                index.add(live);
            }
            for (int i = 0; i < 200; i++) {
                if (i % 10 == 9) {
                    index.remove(all.removeLast());
                }
                String id = "urn:e:" + random.nextInt(4);
                Entity before = drawn(id);
                Entity after = drawn(id);
                if (before == null && after == null) {
                    continue;
                }
                Set<String> expected = new TreeSet<>();
                all.forEach(live -> {
                    if (isTold(live.subscription(), before, after)) {
                        expected.add(live.id());
                    }
                });
                List<String> actual = index
                        .judge(
                                new ChangedEntity(
                                        new CommittedChange(1, Tenant.DEFAULT, stored(before), stored(after))),
                                LinkedEntities.NONE,
                                2_000)
                        .stream()
                        .map(LiveSubscription::id)
                        .toList();
                assertThat(actual)
                        .as("seed %s: %s becomes %s", seed, before, after)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(expected);
                told += expected.size();
            }
            all.forEach(index::remove);
            assertThat(index.isEmpty()).isTrue();
        }
        assertThat(told).isGreaterThan(20_000);
    }
}
