package city.emona.query;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.context.TermTable;
import city.emona.json.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryCostTest {
    private static final long MANY = 1_000_000;
    private static final EntityFilter ALL = EntityFilter.ofType("urn:T");

    private static EntityQuery where(String q) {
        return EntityQuery.of(ALL.withCondition(ConditionParser.parse(q, QueryNames.of(TermTable.core()))));
    }

    @Test
    void takesAPageOfATypeForLightHoweverManyThereAre() {
        assertThat(QueryCost.isLight(EntityQuery.of(ALL))).isTrue();
        assertThat(QueryCost.steps(EntityQuery.of(ALL).withCount(), MANY)).isLessThan(1_000);
        assertThat(QueryCost.isLight(EntityQuery.of(ALL).withOffset(500_000))).isFalse();
        assertThat(QueryCost.steps(EntityQuery.of(ALL).withOffset(500_000), MANY))
                .isGreaterThan(500_000);
    }

    @Test
    void growsWithTheCandidatesAndWithWhatIsDoneToEach() {
        long one = QueryCost.steps(where("a==1"), MANY);
        assertThat(QueryCost.isLight(where("a==1"))).isFalse();
        assertThat(one).isGreaterThan(MANY);
        assertThat(QueryCost.steps(where("a==1"), MANY / 10)).isEqualTo(one / 10);
        assertThat(QueryCost.steps(where("a==1;b==1"), MANY)).isGreaterThan(one);
        assertThat(QueryCost.steps(where("a~=\"x\""), MANY)).isGreaterThan(one + 10 * MANY);
        assertThat(QueryCost.steps(where("a{b}"), MANY)).isGreaterThan(one + 10 * MANY);
        assertThat(QueryCost.steps(where("a==" + "1,".repeat(500) + "1"), MANY)).isGreaterThan(one + 40 * MANY);
        Ordering ordering = Ordering.parse("a", QueryNames.of(TermTable.core()), null, "");
        assertThat(QueryCost.steps(EntityQuery.of(ALL).withOrdering(ordering), MANY))
                .isGreaterThan(10 * MANY);
    }

    @Test
    void countsPatternsOfIdsAndPositionsOfGeometries() {
        EntitySelector pattern =
                new EntitySelector(TypeSelection.of("urn:T"), Set.of(), TextPattern.parse("x", "The pattern"));
        assertThat(QueryCost.steps(EntityQuery.of(EntityFilter.of(pattern)), MANY))
                .isGreaterThan(20 * MANY);
        GeoQuery small = GeoQuery.parse("intersects", "MultiPoint", Json.parse("[[1,1]]"), "urn:p");
        GeoQuery large =
                GeoQuery.parse("intersects", "MultiPoint", Json.parse("[" + "[1,1],".repeat(999) + "[1,1]]"), "urn:p");
        assertThat(QueryCost.steps(EntityQuery.of(ALL.withGeo(large)), MANY))
                .isGreaterThan(QueryCost.steps(EntityQuery.of(ALL.withGeo(small)), MANY) + 90 * MANY);
    }
}
