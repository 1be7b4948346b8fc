package city.emona.app.demo;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.json.Json;
import city.emona.vertical.source.SourceOverride;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The demo city's feeds and the addresses under which the shipped verticals find them. Safe for use by many threads. */
public final class DemoCity {
    private static final String BIKES = "/demo/feeds/bike-sharing/";
    private static final String AIR = "/demo/feeds/air-quality/hourly.xml";

    private final InstantSource clock;
    private final BikeFeed bikes = new BikeFeed();
    private final AirFeed air = new AirFeed();

    public DemoCity(InstantSource clock) {
        this.clock = clock;
    }

    /** Publishes the feeds. */
    public void routes(Router router) {
        json(router, "gbfs.json", bikes::discovery);
        json(router, "system_information.json", bikes::systemInformation);
        json(router, "station_information.json", bikes::stationInformation);
        json(router, "station_status.json", bikes::stationStatus);
        router.get(
                AIR, request -> unlessKnown(request, "application/xml; charset=utf-8", airDocument(clock.instant())));
    }

    private byte[] airDocument(Instant at) {
        return air.xml(at).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What stood, or stands, at an address of a feed at a moment.
     *
     * @throws IllegalArgumentException for an address that is none of a feed
     */
    byte[] document(URI address, Instant at) {
        String path = address.getPath();
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "gbfs.json" -> Json.bytes(bikes.discovery(at));
            case "station_information.json" -> Json.bytes(bikes.stationInformation(at));
            case "station_status.json" -> Json.bytes(bikes.stationStatus(at));
            case "hourly.xml" -> airDocument(at);
            default -> throw new IllegalArgumentException("the demo city has no feed at " + address);
        };
    }

    private void json(Router router, String name, Function<Instant, ? extends JsonNode> document) {
        router.get(
                BIKES + name,
                request -> unlessKnown(request, "application/json", Json.bytes(document.apply(clock.instant()))));
    }

    private static Response unlessKnown(Request request, String contentType, byte[] body) {
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"";
        boolean known = request.header("If-None-Match").filter(etag::equals).isPresent();
        Response response = known ? Response.empty(304) : Response.of(200, contentType, body);
        return response.with("ETag", etag);
    }

    /**
     * What the sources of the shipped verticals read instead of the real feeds.
     *
     * @param base the server's own address: {@code http://localhost:8080}
     */
    public static List<SourceOverride> overrides(String base) {
        return List.of(
                new SourceOverride(
                        "bike-sharing",
                        "gbfs",
                        base + BIKES + "gbfs.json",
                        Duration.ofSeconds(BikeFeed.STATUS_TTL_SECONDS),
                        Map.of("network", "demo", "provider", "Emona, predstavitveni podatki"),
                        true),
                new SourceOverride("air-quality", "arso", base + AIR, Duration.ofSeconds(30), Map.of(), true));
    }
}
