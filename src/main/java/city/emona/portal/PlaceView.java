package city.emona.portal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entity as a person reads it, on its own page and beside the map.
 *
 * @param href its page
 * @param kind what it is
 * @param field the vertical that it belongs to
 * @param address street and number
 * @param provider who provides its values; may be empty
 * @param observedAt when the newest value was observed
 * @param age the same in words
 * @param moment the same as day and time
 * @param apiHref where the entity is to be had as NGSI-LD
 * @param originsHref where the provenance of its values is to be had
 */
public record PlaceView(
        String id,
        String href,
        String name,
        String kind,
        Optional<Link> field,
        Optional<String> address,
        String provider,
        boolean isDemo,
        List<Fact> facts,
        Optional<Instant> observedAt,
        String age,
        String moment,
        boolean isStale,
        String apiHref,
        String originsHref) {

    /**
     * One attribute.
     *
     * @param age of its value, where it differs from that of the entity; may be empty
     */
    public record Fact(String title, Reading reading, String age) {}
}
