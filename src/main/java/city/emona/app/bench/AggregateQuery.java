package city.emona.app.bench;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks for the averages of five minutes each of a whole series. An answer that differs from the one before is read completely. */
final class AggregateQuery implements Work {
    private static final int BUCKET_SECONDS = 300;
    private static final double TOLERANCE = 1e-6;

    private final long points;
    private final byte[] request;
    private byte[] known = {};

    AggregateQuery(SeriesFixture fixture, Endpoint endpoint, String id, long points) {
        this.points = points;
        request = endpoint.head(
                "GET",
                "/ngsi-ld/v1/temporal/entities/" + id + "?attrs=" + SeriesFixture.ATTRIBUTE
                        + "&timerel=between&timeAt=" + SeriesFixture.observedAt(0) + "&endTimeAt="
                        + SeriesFixture.observedAt(points)
                        + "&options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=PT5M");
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        if (answer.status() != 200) {
            return "an aggregation was answered with " + answer.summary();
        }
        if (answer.bodyEquals(known)) {
            return null;
        }
        String fault = findFault(answer.body());
        if (fault == null) {
            known = answer.body();
        }
        return fault;
    }

    private @Nullable String findFault(byte[] body) {
        try {
            JsonNode averages = Json.parse(body).path(SeriesFixture.ATTRIBUTE).path("avg");
            long expected = (points + BUCKET_SECONDS - 1) / BUCKET_SECONDS;
            if (averages.size() != expected) {
                return "expected " + expected + " averages and got " + averages.size();
            }
            for (int bucket = 0; bucket < expected; bucket++) {
                double average = averages.path(bucket).path(0).asDouble(Double.NaN);
                if (!(Math.abs(average - average(bucket)) < TOLERANCE)) {
                    return "average " + bucket + " is " + average + " and should be " + average(bucket);
                }
            }
            return null;
        } catch (Problem e) {
            return e.getMessage();
        }
    }

    private double average(int bucket) {
        long from = (long) bucket * BUCKET_SECONDS;
        long to = Math.min(from + BUCKET_SECONDS, points);
        long sum = 0;
        for (long point = from; point < to; point++) {
            sum += SeriesFixture.tenths(point);
        }
        return sum / 10.0 / (to - from);
    }
}
