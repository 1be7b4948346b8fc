package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextLinkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://a.example/c.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"",
                "<http://a.example/c.jsonld>; type=\"application/ld+json\"; rel=\"http://www.w3.org/ns/json-ld#context\"",
                "<http://a.example/c.jsonld>;rel=http://www.w3.org/ns/json-ld#context",
                "<http://b.example/>; rel=\"next\", <http://a.example/c.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"",
            })
    void findsTheContextAmongTheLinksOfAHeader(String header) {
        assertThat(ContextLink.find(List.of(header))).contains("http://a.example/c.jsonld");
    }
}
