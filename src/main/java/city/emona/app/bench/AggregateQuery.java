package city.emona.app.bench;

import city.emona.json.Json;
import city.emona.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks for the averages of five minutes each of a whole series. */
final class AggregateQuery {
    private static final int BUCKET_SECONDS = 300;
    private static final double TOLERANCE = 1e-6;

    private AggregateQuery() {}

    static Work of(Endpoint endpoint, String id, long points) {
        byte[] request = endpoint.head(
                "GET",
                "/ngsi-ld/v1/temporal/entities/" + id + "?attrs=" + SeriesFixture.ATTRIBUTE
                        + "&timerel=between&timeAt=" + SeriesFixture.observedAt(0) + "&endTimeAt="
                        + SeriesFixture.observedAt(points)
                        + "&options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=PT5M");
        return new SteadyQuery("an aggregation", request, answer -> findFault(answer.body(), points));
    }

    private static @Nullable String findFault(byte[] body, long points) {
        try {
            JsonNode averages = Json.parse(body).path(SeriesFixture.ATTRIBUTE).path("avg");
            long expected = (points + BUCKET_SECONDS - 1) / BUCKET_SECONDS;
            if (averages.size() != expected) {
                return "expected " + expected + " averages and got " + averages.size();
            }
            for (int bucket = 0; bucket < expected; bucket++) {
                double average = averages.path(bucket).path(0).asDouble(Double.NaN);
                if (!(Math.abs(average - average(bucket, points)) < TOLERANCE)) {
                    return "average " + bucket + " is " + average + " and should be " + average(bucket, points);
                }
            }
            return null;
        } catch (Problem e) {
            return e.getMessage();
        }
    }

    private static double average(int bucket, long points) {
        long from = (long) bucket * BUCKET_SECONDS;
        long to = Math.min(from + BUCKET_SECONDS, points);
        long sum = 0;
        for (long point = from; point < to; point++) {
            sum += SeriesFixture.tenths(point);
        }
        return sum / 10.0 / (to - from);
    }
}
