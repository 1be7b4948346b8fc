package city.emona.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void refusesAMemberThatOccursTwiceAtAnyDepth() {
        for (String json : new String[] {"{\"a\":1,\"a\":2}", "[{\"b\":{\"a\":1,\"\\u0061\":[]}}]"}) {
            assertThatThrownBy(() -> Json.parse(json))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("twice")
                    .hasMessageContaining("line 1, column");
        }
        assertThat(Json.parse("{\"a\":{\"a\":1},\"b\":{\"a\":1}}").size()).isEqualTo(2);
    }
}
