package city.emona.app.bench;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Queries entities near some place of the city. */
final class NearQuery implements Work {
    private static final int RADIUS_METERS = 300;
    /** Brokers may take the earth for a sphere or an ellipsoid. */
    private static final double EARTH_TOLERANCE = 0.01;

    private static final int PARSE_EVERY = 512;

    private final Fixture fixture;
    private final Endpoint endpoint;
    private final int entities;
    private final SplittableRandom random = new SplittableRandom(20_230_626);
    private long answers;

    NearQuery(Fixture fixture, Endpoint endpoint, int entities) {
        this.fixture = fixture;
        this.endpoint = endpoint;
        this.entities = entities;
    }

    /** Each query is near another entity, whose number is what the check needs to know. */
    @Override
    public long writeRequest(ByteBuffer out) {
        int number = random.nextInt(entities);
        String target = String.format(
                Locale.ROOT,
                "/ngsi-ld/v1/entities?type=%s&georel=near%%3BmaxDistance==%d&geometry=Point&coordinates=%%5B%.7f,%.7f%%5D&limit=%d",
                fixture.type(),
                RADIUS_METERS,
                Fixture.longitude(number),
                Fixture.latitude(number),
                QueryByType.LIMIT);
        out.put(endpoint.head("GET", target));
        return number;
    }

    @Override
    public @Nullable String findFault(long number, Answer answer) {
        if (answer.status() != 200) {
            return "near was answered with " + answer.summary();
        }
        if (answers++ % PARSE_EVERY != 0) {
            return null;
        }
        int surely = Math.min(countWithin(number, RADIUS_METERS * (1 - EARTH_TOLERANCE)), QueryByType.LIMIT);
        int perhaps = Math.min(countWithin(number, RADIUS_METERS * (1 + EARTH_TOLERANCE)), QueryByType.LIMIT);
        return EntityCheck.findListFault(
                fixture,
                answer,
                surely,
                perhaps,
                entity -> isNear(entity.path("location").path("value").path("coordinates"), number));
    }

    private int countWithin(long centre, double meters) {
        int count = 0;
        for (int number = 0; number < entities; number++) {
            if (meters(centre, Fixture.longitude(number), Fixture.latitude(number)) <= meters) {
                count++;
            }
        }
        return count;
    }

    private static boolean isNear(JsonNode coordinates, long centre) {
        return meters(
                        centre,
                        coordinates.path(0).asDouble(0),
                        coordinates.path(1).asDouble(0))
                <= RADIUS_METERS * (1 + EARTH_TOLERANCE);
    }

    /** The distance on a plane that touches the earth here, which is exact enough within a city. */
    private static double meters(long centre, double longitude, double latitude) {
        double metersPerDegree = 111_195;
        double north = (latitude - Fixture.latitude(centre)) * metersPerDegree;
        double east = (longitude - Fixture.longitude(centre))
                * metersPerDegree
                * Math.cos(Math.toRadians(Fixture.latitude(centre)));
        return Math.hypot(north, east);
    }
}
