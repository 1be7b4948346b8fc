package city.emona.app.bench;

import city.emona.json.Json;
import city.emona.problem.Problem;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks for the last value of each series of all stations. An answer that differs from the one before is read completely. */
final class LastValues implements Work {
    private static final double TOLERANCE = 1e-9;

    private final byte[] request;
    private byte[] known = {};

    LastValues(SeriesFixture fixture, Endpoint endpoint) {
        request = endpoint.head(
                "GET",
                "/ngsi-ld/v1/temporal/entities?type=" + fixture.stationType() + "&timerel=before&timeAt="
                        + SeriesFixture.endOfStations() + "&lastN=1&options=temporalValues&limit="
                        + SeriesFixture.STATIONS);
    }

    @Override
    public long writeRequest(ByteBuffer out) {
        out.put(request);
        return 0;
    }

    @Override
    public @Nullable String findFault(long ignored, Answer answer) {
        if (answer.status() != 200 && answer.status() != 206) {
            return "the last values were answered with " + answer.summary();
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

    private static @Nullable String findFault(byte[] body) {
        try {
            JsonNode stations = Json.parse(body);
            if (stations.size() != SeriesFixture.STATIONS) {
                return "expected " + SeriesFixture.STATIONS + " stations and got " + stations.size();
            }
            for (JsonNode station : stations) {
                String id = station.path("id").asString("");
                long number = Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
                for (int attribute = 0; attribute < SeriesFixture.NUMBERS; attribute++) {
                    JsonNode values = station.path("number" + attribute).path("values");
                    double last = values.path(0).path(0).asDouble(Double.NaN);
                    double expected = SeriesFixture.lastTenths(number, attribute) / 10.0;
                    if (values.size() != 1 || !(Math.abs(last - expected) < TOLERANCE)) {
                        return "number" + attribute + " of " + id + " shows " + values + " and should show " + expected;
                    }
                }
            }
            return null;
        } catch (Problem e) {
            return e.getMessage();
        }
    }
}
