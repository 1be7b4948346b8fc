package city.emona.api.ngsild;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.problem.ProblemType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Histories that are cut off (clause 6.3.10) and aggregated (clause 4.5.19). */
class TemporalPartsTest {
    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
        post("urn:x:1", "\"a\":" + values(0, 15, 1) + ",\"b\":" + values(12, 18, 1));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void post(String id, String attributes) {
        api.post("/temporal/entities", "{\"id\":\"" + id + "\",\"type\":\"T\"," + attributes + "}")
                .hasStatus(201);
    }

    /** One value in each minute. */
    private static String values(int from, int to, int step) {
        StringBuilder pairs = new StringBuilder();
        for (int i = from; i < to; i += step) {
            pairs.append(pairs.isEmpty() ? "" : ",")
                    .append("[")
                    .append(i)
                    .append(",\"2026-01-01T10:")
                    .append(i < 10 ? "0" : "")
                    .append(i)
                    .append(":00Z\"]");
        }
        return "{\"type\":\"Property\",\"values\":[" + pairs + "]}";
    }

    private static int size(JsonNode entity, String attribute) {
        return entity.get(attribute).get("values").size();
    }

    private Api.Answer get(String parameters) {
        return api.get("/temporal/entities/urn:x:1?format=temporalValues&" + parameters);
    }

    @Test
    void tellsOfOneRangeOfTimeCompletely() {
        Api.Answer first = get("").hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T10:00:00Z-2026-01-01T10:09:00Z/*");
        assertThat(size(first.json(), "a")).isEqualTo(10);
        assertThat(first.json().get("b").toString()).isEqualTo("{\"type\":\"Property\",\"values\":[]}");
        Api.Answer next =
                get("timerel=after&timeAt=2026-01-01T10:09:00.000001Z").hasStatus(200);
        assertThat(next.headers("Content-Range")).isEmpty();
        assertThat(size(next.json(), "a")).isEqualTo(5);
        assertThat(size(next.json(), "b")).isEqualTo(6);
        get("timerel=after&timeAt=2026-01-01T09:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T09:00:00Z-2026-01-01T10:09:00Z/*");
        get("timerel=before&timeAt=2026-01-01T11:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T10:00:00Z-2026-01-01T10:09:00Z/*");
        get("timerel=between&timeAt=2026-01-01T09:00:00Z&endTimeAt=2026-01-01T11:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T09:00:00Z-2026-01-01T10:09:00Z/*");
    }

    @Test
    void tellsOfTheLatestInstancesBackwards() {
        get("lastN=10").hasStatus(200);
        Api.Answer cut = get("lastN=12")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T10:17:00Z-2026-01-01T10:05:00Z/12");
        assertThat(size(cut.json(), "a")).isEqualTo(10);
        assertThat(size(cut.json(), "b")).isEqualTo(6);
        get("lastN=12&timerel=before&timeAt=2026-01-01T11:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T11:00:00Z-2026-01-01T10:05:00Z/12");
        get("lastN=12&timerel=between&timeAt=2026-01-01T09:00:00Z&endTimeAt=2026-01-01T12:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T12:00:00Z-2026-01-01T10:05:00Z/12");
        get("lastN=12&timerel=after&timeAt=2026-01-01T09:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T10:17:00Z-2026-01-01T10:05:00Z/12");
    }

    @Test
    void aRangeThatIsCutOffIsTheSameForAllEntities() {
        post("urn:x:2", "\"a\":" + values(8, 20, 2));
        Api.Answer all = api.get(
                        "/temporal/entities?type=T&format=temporalValues&timerel=after&timeAt=2026-01-01T10:00:00Z")
                .hasStatus(206)
                .hasHeader("Content-Range", "date-time 2026-01-01T10:00:00Z-2026-01-01T10:09:00Z/*");
        assertThat(size(all.json().get(0), "a")).isEqualTo(10);
        assertThat(size(all.json().get(1), "a")).isEqualTo(1);
        api.post("/temporal/entityOperations/query", """
                {"type": "Query", "entities": [{"type": "T"}],
                 "temporalQ": {"timerel": "before", "timeAt": "2026-02-01T00:00:00Z"}}""").hasStatus(206);
    }

    @Test
    void aggregatesOverPeriodsThatBeginWithTheRangeOrTheEarliestInstance() {
        String methods = "/temporal/entities/urn:x:1?attrs=a&format=aggregatedValues&aggrMethods=avg,totalCount,min";
        api.get(methods + "&aggrPeriodDuration=PT10M").hasStatus(200).hasBody("""
                {"id":"urn:x:1","type":"T","a":{"type":"Property",\
                "totalCount":[[10,"2026-01-01T10:00:00Z","2026-01-01T10:10:00Z"],[5,"2026-01-01T10:10:00Z","2026-01-01T10:20:00Z"]],\
                "avg":[[4.5,"2026-01-01T10:00:00Z","2026-01-01T10:10:00Z"],[12.0,"2026-01-01T10:10:00Z","2026-01-01T10:20:00Z"]],\
                "min":[[0.0,"2026-01-01T10:00:00Z","2026-01-01T10:10:00Z"],[10.0,"2026-01-01T10:10:00Z","2026-01-01T10:20:00Z"]]}}""");
        String counts = "/temporal/entities/urn:x:1?attrs=a&options=aggregatedValues&aggrMethods=totalCount&";
        api.get(counts + "aggrPeriodDuration=PT10M&timerel=after&timeAt=2026-01-01T10:07:00Z")
                .hasBody("""
                {"id":"urn:x:1","type":"T","a":{"type":"Property",\
                "totalCount":[[8,"2026-01-01T10:07:00Z","2026-01-01T10:17:00Z"]]}}""");
        api.get(counts + "timerel=between&timeAt=2026-01-01T10:01:00Z&endTimeAt=2026-01-01T10:03:00Z")
                .hasBody("""
                {"id":"urn:x:1","type":"T","a":{"type":"Property",\
                "totalCount":[[2,"2026-01-01T10:01:00Z","2026-01-01T10:03:00Z"]]}}""");
        api.get(counts + "timerel=before&timeAt=2026-01-01T10:03:00Z").hasBody("""
                {"id":"urn:x:1","type":"T","a":{"type":"Property",\
                "totalCount":[[3,"2026-01-01T10:00:00Z","2026-01-01T10:03:00Z"]]}}""");
    }

    @Test
    void aggregatesOverMonthsOfTheCity() {
        post("urn:x:3", """
                "kwh": {"type": "Property", "values": [[1, "2026-02-28T22:59:59Z"], [2, "2026-02-28T23:00:00Z"],
                        [3, "2026-03-31T21:59:59Z"], [4, "2026-03-31T22:00:00Z"]]}""");
        api.get("/temporal/entities/urn:x:3?format=aggregatedValues&aggrMethods=sum&aggrPeriodDuration=P1M"
                        + "&timerel=after&timeAt=2026-01-31T23:00:00Z")
                .hasBody("""
                        {"id":"urn:x:3","type":"T","kwh":{"type":"Property","sum":[\
                        [1.0,"2026-01-31T23:00:00Z","2026-02-28T23:00:00Z"],\
                        [5.0,"2026-02-28T23:00:00Z","2026-03-31T22:00:00Z"],\
                        [4.0,"2026-03-31T22:00:00Z","2026-04-30T22:00:00Z"]]}}""");
    }

    @Test
    void aggregatesWhatTheMethodsCanBeAppliedTo() {
        post("urn:x:4", """
                "n": {"type": "Property", "values": [[1, "2026-01-01T10:00:00Z"]]},
                "t": {"type": "Property", "values": [["x", "2026-01-01T10:00:00Z"]]},
                "r": [{"type": "Relationship", "object": "urn:o:1", "observedAt": "2026-01-01T10:00:00Z"},
                      {"type": "Relationship", "object": "urn:o:1", "observedAt": "2026-01-01T10:01:00Z"},
                      {"type": "Relationship", "object": "urn:o:2", "observedAt": "2026-01-01T10:02:00Z", "datasetId": "urn:d:1"}]""");
        String path = "/temporal/entities/urn:x:4?format=aggregatedValues&aggrMethods=";
        JsonNode averages = api.get(path + "avg").hasStatus(200).json();
        assertThat(averages.has("n")).isTrue();
        assertThat(averages.has("t") || averages.has("r")).isFalse();
        api.get(path + "avg&attrs=t").isProblem(ProblemType.INVALID_REQUEST);
        api.get(path + "avg&pick=n,t").isProblem(ProblemType.INVALID_REQUEST);
        JsonNode both = api.get(path + "avg,distinctCount&attrs=r").json().get("r");
        assertThat(both.get(0).get("type").stringValue()).isEqualTo("Relationship");
        assertThat(both.get(0).get("avg").toString()).isEqualTo("[]");
        assertThat(both.get(0).get("distinctCount").get(0).get(0).intValue()).isEqualTo(1);
        assertThat(both.get(1).get("datasetId").stringValue()).isEqualTo("urn:d:1");
    }
}
