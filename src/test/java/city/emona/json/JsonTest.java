package city.emona.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

    @Test
    void refusesOtherEncodingsThanUtf8() {
        for (Charset charset : new Charset[] {
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32")
        }) {
            assertThatThrownBy(() -> Json.parse("{\"a\":\"\\ud800\"}".getBytes(charset)))
                    .as(charset.name())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("not in UTF-8");
        }
        assertThat(Json.parse("\uFEFF[1]").size()).isEqualTo(1);
    }
}
