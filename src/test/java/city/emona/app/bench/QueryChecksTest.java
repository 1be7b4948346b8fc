package city.emona.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueryChecksTest {
    private static final int ENTITIES = 100_000;

    private final Fixture fixture = new Fixture("BenchChecked");
    private final Endpoint endpoint = Endpoint.onPort("checked", 1);
    private final ByteBuffer request = ByteBuffer.allocate(LoadGenerator.LARGEST_REQUEST);

    @Test
    void acceptsWhatHasTheCapacityAndNothingElse() {
        NumberQuery query = new NumberQuery(fixture, endpoint, ENTITIES);
        long capacity = query.writeRequest(request);

        assertThat(sent()).contains("&q=capacity%3E=" + capacity + "&limit=20 HTTP/1.1");
        assertThat(fresh().findFault(capacity, answer(n -> Fixture.capacity(n) >= capacity, 20)))
                .isNull();
        assertThat(fresh().findFault(capacity, answer(n -> Fixture.capacity(n) >= capacity, 3)))
                .contains("expected");
        assertThat(fresh().findFault(capacity, answer(n -> n < 20, 20))).contains("does not meet the condition");
        assertThat(fresh().findFault(capacity, new Answer(501, new byte[0], 0, 0)))
                .contains("501");
    }

    private NumberQuery fresh() {
        return new NumberQuery(fixture, endpoint, ENTITIES);
    }

    @Test
    void acceptsWhatIsNearAndNothingElse() {
        NearQuery query = new NearQuery(fixture, endpoint, ENTITIES);
        long centre = query.writeRequest(request);

        assertThat(sent()).contains("georel=near%3BmaxDistance==300&geometry=Point&coordinates=%5B14.5");
        assertThat(nearby().findFault(centre, answer(n -> degrees(n, centre) < 0.002, 20)))
                .isNull();
        assertThat(nearby().findFault(centre, answer(n -> degrees(n, centre) > 0.01, 20)))
                .isNotNull();
        assertThat(nearby().findFault(centre, answer(n -> false, 20))).contains("expected");
    }

    private NearQuery nearby() {
        return new NearQuery(fixture, endpoint, ENTITIES);
    }

    private static double degrees(long number, long centre) {
        return Math.hypot(
                Fixture.longitude(number) - Fixture.longitude(centre),
                Fixture.latitude(number) - Fixture.latitude(centre));
    }

    @Test
    void aHeavyQueryMayBeAnsweredOrRefused() {
        HeavyQuery query = new HeavyQuery(fixture, endpoint, ENTITIES);

        assertThat(query.findFault(0, new Answer(200, new byte[0], 0, 0))).isNull();
        assertThat(query.isRefused()).isFalse();
        assertThat(query.findFault(0, new Answer(403, new byte[0], 0, 0))).isNull();
        assertThat(query.isRefused()).isTrue();
        assertThat(query.findFault(0, new Answer(500, new byte[0], 0, 0))).contains("500");
    }

    private String sent() {
        return new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
    }

    /** At most so many of the entities that are wanted, as a broker would answer. */
    private Answer answer(LongPredicate wanted, int most) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('[');
        LongStream.range(0, ENTITIES).filter(wanted).limit(most).forEach(number -> {
            if (body.size() > 1) {
                body.write(',');
            }
            body.writeBytes(fixture.entity(number, 0));
        });
        body.write(']');
        return new Answer(200, body.toByteArray(), 0, body.size());
    }
}
