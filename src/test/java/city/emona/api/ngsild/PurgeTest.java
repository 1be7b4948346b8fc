package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import city.emona.store.CommittedChange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Purge Entities (clauses 5.6.21 and 6.4.3.3). */
class PurgeTest {
    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        api.create("{\"id\":\"urn:x:1\",\"type\":\"A\",\"scope\":\"/n/a\",\"a\":1,\"b\":\"one two\"}");
        api.create("{\"id\":\"urn:x:2\",\"type\":\"A\",\"a\":2}");
        api.create("""
                {"id": "urn:y:3", "type": "B", "a": 3, "b": {"type": "Property", "value": 1, "datasetId": "urn:d:1"},
                 "location": {"type": "Point", "coordinates": [14.5, 46.0]}}""");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private List<String> left() {
        return api.get("/entities?local=true&limit=1000")
                .hasStatus(200)
                .json()
                .valueStream()
                .map(entity -> entity.get("id").stringValue())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void deletesByType() {
        api.delete("/entities?type=A").isEmpty(204);
        assertThat(left()).containsExactly("urn:y:3");
        api.delete("/entities?type=A").isEmpty(204);
    }

    @Test
    void deletesByValueScopePlaceAndId() {
        api.delete("/entities?q=" + encoded("b==\"one two\"")).isEmpty(204);
        assertThat(left()).containsExactly("urn:x:2", "urn:y:3");
        String near = "georel=near;maxDistance==10&geometry=Point&coordinates=" + encoded("[14.5,46.0]");
        api.delete("/entities?" + near.replace("46.0", "47.0")).isEmpty(204);
        assertThat(left()).hasSize(2);
        api.delete("/entities/?" + near).isEmpty(204);
        assertThat(left()).containsExactly("urn:x:2");
        api.create("{\"id\":\"urn:x:4\",\"type\":\"A\",\"scope\":\"/n/b\"}");
        api.delete("/entities?type=A&scopeQ=/n/%23").isEmpty(204);
        assertThat(left()).containsExactly("urn:x:2");
        api.delete("/entities?type=A&idPattern=y").isEmpty(204);
        api.delete("/entities?type=A&id=urn:x:9").isEmpty(204);
        assertThat(left()).containsExactly("urn:x:2");
        api.delete("/entities?attrs=a&idPattern=%5Eurn:x").isEmpty(204);
        assertThat(left()).isEmpty();
    }

    @Test
    void deletesAllWhereThisBrokerAloneIsMeant() {
        api.delete("/entities?local=true").isEmpty(204);
        assertThat(left()).isEmpty();
    }

    @Test
    void dropsOrKeepsAttributes() {
        api.delete("/entities?type=A,B&drop=b,location").isEmpty(204);
        api.get("/entities/urn:x:1?options=keyValues")
                .hasBody("{\"id\":\"urn:x:1\",\"type\":\"A\",\"scope\":\"/n/a\",\"a\":1}");
        api.get("/entities/urn:y:3?options=keyValues").hasBody("{\"id\":\"urn:y:3\",\"type\":\"B\",\"a\":3}");
        api.delete("/entities?type=A&keep=id,type,b").isEmpty(204);
        api.get("/entities/urn:x:1?options=keyValues").hasBody("{\"id\":\"urn:x:1\",\"type\":\"A\"}");
        JsonNode untouched = api.get("/entities/urn:y:3?options=sysAttrs").json();
        api.delete("/entities?type=B&drop=nothing").isEmpty(204);
        api.get("/entities/urn:y:3?options=sysAttrs").hasBody(untouched.toString());
    }

    @Test
    void refusesPurgesThatAreTooWideOrAskForTwoThings() {
        for (String query : List.of(
                "",
                "?id=urn:x:1",
                "?idPattern=x",
                "?scopeQ=/n",
                "?drop=a",
                "?local=false",
                "?type=A&drop=a&keep=b",
                "?type=A&drop=id",
                "?type=A&drop=a%7Bb%7D",
                "?type=A&q=" + encoded("a{b}==1"),
                "?type=A&q=" + encoded("a=="),
                "?type=A&csf=" + encoded("a=="),
                "?type=A&id=no-uri",
                "?type=A&georel=within",
                "?local=yes&type=A")) {
            assertThat(api.delete("/entities" + query).status()).as(query).isEqualTo(400);
        }
        api.delete("/entities").isProblem(ProblemType.BAD_REQUEST_DATA);
        api.delete("/entities?type=A&limit=1").isProblem(ProblemType.INVALID_REQUEST);
        assertThat(left()).hasSize(3);
    }

    @Test
    void knowsTenants() {
        api.delete("/entities?type=A", "NGSILD-Tenant", "north").isProblem(ProblemType.NONEXISTENT_TENANT);
        api.post("/entities", "{\"id\":\"urn:x:1\",\"type\":\"A\"}", "NGSILD-Tenant", "north")
                .hasStatus(201);
        api.delete("/entities?type=A", "NGSILD-Tenant", "north").isEmpty(204).hasHeader("NGSILD-Tenant", "north");
        assertThat(left()).hasSize(3);
    }

    @Test
    void deletesVeryManyInCommitsOfABoundedSize() throws InterruptedException {
        for (int batch = 0; batch < 3; batch++) {
            StringBuilder entities = new StringBuilder("[");
            for (int i = 0; i < 500; i++) {
                entities.append(i == 0 ? "" : ",")
                        .append("{\"id\":\"urn:m:")
                        .append(batch * 500 + i)
                        .append("\",\"type\":\"M\"}");
            }
            api.post("/entityOperations/create", entities.append(']').toString())
                    .hasStatus(201);
        }
        BlockingQueue<List<CommittedChange>> commits = new LinkedBlockingQueue<>();
        api.store.onCommit(changes -> {
            if (changes.getFirst().after() == null) {
                commits.add(changes);
            }
        });
        api.delete("/entities?type=M").isEmpty(204);
        assertThat(left()).hasSize(3);
        int told = 0;
        while (told < 1_500) {
            List<CommittedChange> commit = commits.poll(20, TimeUnit.SECONDS);
            assertThat(commit).isNotNull().hasSizeLessThanOrEqualTo(500);
            told += commit.size();
        }
    }
}
