package city.emona.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
    private static Projection parse(@Nullable String pick, @Nullable String omit) {
        return Projection.parse(pick, omit, name -> "x:" + name);
    }

    @Test
    void takesCommasAndPipesBetweenMembers() {
        Projection projection = parse("id,a|b", null);
        assertThat(projection.pick()).containsExactlyInAnyOrder("id", "x:a", "x:b");
        assertThat(projection).isEqualTo(parse("b|id,a,a", null));
        assertThat(projection.shows("type")).isFalse();
        assertThat(projection.shows("x:a")).isTrue();
    }

    @Test
    void picksFromLinkedEntities() {
        Projection projection = parse("id,rel{id,name|in{a}},b", null);
        assertThat(projection.pick()).containsExactlyInAnyOrder("id", "x:rel", "x:b");
        assertThat(projection.within("x:rel").pick()).containsExactlyInAnyOrder("id", "x:name", "x:in");
        assertThat(projection.within("x:rel").within("x:in").pick()).containsExactly("x:a");
        assertThat(projection.within("x:b")).isEqualTo(Projection.ALL);
        assertThat(projection.depth()).isEqualTo(2);
    }

    @Test
    void omitsFromLinkedEntitiesWithoutOmittingTheRelationship() {
        Projection projection = parse(null, "type,rel{name}");
        assertThat(projection.shows("x:rel")).isTrue();
        assertThat(projection.shows("type")).isFalse();
        assertThat(projection.within("x:rel").shows("type")).isTrue();
        assertThat(projection.within("x:rel").shows("x:name")).isFalse();
    }

    @Test
    void joinsWhatIsPickedAndWhatIsOmitted() {
        Projection projection = parse("rel{a,b},c", "other{x},rel{d}");
        assertThat(projection.within("x:rel").pick()).containsExactlyInAnyOrder("x:a", "x:b");
        assertThat(projection.within("x:rel").omit()).containsExactly("x:d");
        assertThat(projection.within("x:other").omit()).containsExactly("x:x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "a,",
                "a,,b",
                "a||b",
                ",a",
                "a;b",
                "a{",
                "a{}",
                "a{b",
                "a{{b}",
                "a}",
                "a{,b}",
                "id{a}",
                "a{b}c",
                "a{b},a{c}",
                "9"
            })
    void refusesWhatIsNoProjection(String text) {
        assertThatThrownBy(() -> parse(text, null))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.type()).isEqualTo(ProblemType.BAD_REQUEST_DATA));
    }

    @Test
    void refusesMembersThatArePickedAndOmitted() {
        assertThatThrownBy(() -> parse("a", "a")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> parse("a{b}", "a")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> parse("a{b}", "a{b}")).isInstanceOf(Problem.class);
        assertThat(parse("a{b}", "a{c}").shows("x:a")).isTrue();
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> parse("a{".repeat(5_000) + "a" + "}".repeat(5_000), null))
                .isInstanceOf(Problem.class);
    }
}
