package city.emona.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static Handler named(String name) {
        return _ -> Response.text(200, name);
    }

    private final Router router = new Router()
            .get("/", named("root"))
            .get("/e/{id}", named("one"))
            .put("/e/{id}", named("put"))
            .get("/e/new", named("literal"))
            .get("/e/{id}/x", named("x"))
            .get("/e/new/{rest*}", named("rest of new"))
            .get("/e//x", named("empty"))
            .get("/assets/{rest*}", named("rest"))
            .get("/{page}", named("page"));

    private Router.Match match(String path) {
        return Objects.requireNonNull(router.match(path));
    }

    private String get(String path) {
        Router.Route route = Objects.requireNonNull(match(path).route("GET"));
        Request request =
                new Request("GET", path, Map.of(), QueryParameters.EMPTY, _ -> java.util.List.of(), new byte[0]);
        return new String(route.handler().handle(request).body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void prefersLiteralsToNamesAndNamesToRests() {
        assertThat(get("/")).isEqualTo("root");
        assertThat(get("/e/new")).isEqualTo("literal");
        assertThat(get("/e/other")).isEqualTo("one");
        assertThat(get("/e/other/x")).isEqualTo("x");
        assertThat(get("/e/new/x/y")).isEqualTo("rest of new");
        assertThat(get("/e/new/x")).isEqualTo("rest of new");
        assertThat(get("/e//x")).isEqualTo("empty");
        assertThat(get("/assets/a/b.js")).isEqualTo("rest");
        assertThat(get("/assets/")).isEqualTo("rest");
        assertThat(get("/assets")).isEqualTo("page");
        assertThat(router.match("/e/other/y")).isNull();
        assertThat(router.match("/e/")).isNull();
        assertThat(router.match("/a/b")).isNull();
    }

    @Test
    void decodesTheValuesOfNames() {
        assertThat(match("/e/urn%3Ax%2Fy%20%C5%A1").parameters()).containsExactly(Map.entry("id", "urn:x/y š"));
        assertThat(match("/e/a+b").parameters()).containsEntry("id", "a+b");
        assertThat(match("/assets/a%2Fb/c").parameters()).containsEntry("rest", "a/b/c");
        assertThat(match("/e/%2e%2e").parameters()).containsEntry("id", "..");
        assertThatThrownBy(() -> router.match("/e/%zz")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> router.match("/e/%ff")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> router.match("/e/%4")).isInstanceOf(Problem.class);
    }

    @Test
    void answersHeadWhereItAnswersGet() {
        assertThat(match("/e/1").route("HEAD")).isNotNull();
        assertThat(match("/e/1").route("DELETE")).isNull();
        assertThat(match("/e/1").methods()).containsExactly("GET", "HEAD", "PUT");
    }

    @Test
    void refusesToBeFilledAmbiguously() {
        assertThatThrownBy(() -> router.get("/e/{other}", named("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> router.get("/e/{id}", named("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsQueriesAsTheyCome() {
        QueryParameters query = QueryParameters.parse("a=1&b=%C5%A1+x&c&d=&&a=2&q=x==%22y%22");
        assertThat(query.names()).containsExactly("a", "b", "c", "d", "q");
        assertThat(query.find("b")).contains("š x");
        assertThat(query.find("c")).contains("");
        assertThat(query.find("d")).contains("");
        assertThat(query.find("q")).contains("x==\"y\"");
        assertThat(query.find("z")).isEmpty();
        assertThatThrownBy(() -> query.find("a")).isInstanceOf(Problem.class);
    }
}
