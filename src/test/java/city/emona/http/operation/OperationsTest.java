package city.emona.http.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.http.Handler;
import city.emona.http.QueryParameters;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final Operation LIST = Operation.get("/things", _ -> Response.empty(204))
            .named("listThings", "List things", "")
            .with(
                    Parameter.text("type", "The type."),
                    Parameter.flag("count", "Whether to count."),
                    Parameter.whole("limit", 1, 100, 20, "How many."),
                    Parameter.choice("format", List.of("short", "long"), "How much."),
                    Parameter.choices("options", List.of("a", "b"), "What else."));

    private static int ask(String query) {
        Handler handler = LIST.checked();
        return handler.handle(new Request(
                        "GET", "/things", Map.of(), QueryParameters.parse(query), _ -> List.of(), new byte[0]))
                .status();
    }

    private static void refuses(String query, ProblemType type, String detail, String remedy) {
        assertThatThrownBy(() -> ask(query)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(type);
            assertThat(problem.detail()).contains(detail);
            assertThat(problem.remedy()).isEqualTo(remedy);
        });
    }

    @Test
    void letsThroughWhatTheOperationHas() {
        assertThat(ask("")).isEqualTo(204);
        assertThat(ask("type=%22any%22&count=true&limit=1&format=long&options=b,a"))
                .isEqualTo(204);
    }

    @Test
    void refusesWhatTheOperationDoesNotHaveBeforeItLooksAtValues() {
        refuses(
                "count=maybe&color=red",
                ProblemType.INVALID_REQUEST,
                "»color«",
                "Use count, format, limit, options, type.");
    }

    @Test
    void refusesValuesOfAnotherKind() {
        refuses("count=True", ProblemType.BAD_REQUEST_DATA, "count is »True«", "Use true or false.");
        refuses("limit=0", ProblemType.BAD_REQUEST_DATA, "limit is »0«", "Use a whole number, at least 1.");
        refuses("limit=ten", ProblemType.BAD_REQUEST_DATA, "limit is »ten«", "Use a whole number, at least 1.");
        refuses("format=x", ProblemType.INVALID_REQUEST, "format »x«", "Use short, long.");
        refuses("options=a,x", ProblemType.INVALID_REQUEST, "options »x«", "Use a, b.");
        refuses("options=a,", ProblemType.INVALID_REQUEST, "options »«", "Use a, b.");
    }

    @Test
    void refusesAParameterThatIsSentTwice() {
        refuses("type=A&type=B", ProblemType.INVALID_REQUEST, "occurs 2 times", "Send it once.");
    }

    @Test
    void offersNoTwoOperationsOfOneName() {
        Operations operations = new Operations(new Router(), Gate.OPEN);
        operations.add(LIST);
        assertThat(operations.list()).containsExactly(LIST);
        assertThatThrownBy(() -> operations.add(LIST)).isInstanceOf(IllegalArgumentException.class);
    }
}
