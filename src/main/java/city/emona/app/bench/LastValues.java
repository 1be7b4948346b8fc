package city.emona.app.bench;

import city.emona.json.Json;
import city.emona.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks for the last value of each series of all stations. */
final class LastValues {
    private static final double TOLERANCE = 1e-9;

    private LastValues() {}

    static Work of(SeriesFixture fixture, Endpoint endpoint) {
        byte[] request = endpoint.head(
                "GET",
                "/ngsi-ld/v1/temporal/entities?type=" + fixture.stationType() + "&timerel=before&timeAt="
                        + SeriesFixture.endOfStations() + "&lastN=1&options=temporalValues&limit="
                        + SeriesFixture.STATIONS);
        return new SteadyQuery("the last values", request, answer -> findFault(answer.body()));
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
