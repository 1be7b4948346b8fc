package city.emona.vertical.source;

import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Decoding;
import city.emona.vertical.format.JsonRecords;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Fetched.Validators;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bike sharing system behind its {@code gbfs.json}, in GBFS 1, 2 or 3. A document is not asked for again before its {@code ttl} is
 * over. The records are the stations, joined by {@link GbfsStations}.
 */
final class GbfsConnector implements Connector {
    /** A system that asks for more patience than this is asked once a day all the same. */
    private static final Duration MAX_TTL = Duration.ofDays(1);

    private static final List<String> LANGUAGES = List.of("sl", "en");

    private final SourceSpec spec;
    private final URI address;
    private final Fetcher fetcher;
    private final Login login;
    private final Map<URI, Kept> kept = new HashMap<>();
    private boolean changed = true;

    /** A document as it was last, and until when that is good enough. */
    private record Kept(URI address, JsonNode json, Validators validators, Instant freshUntil) {}

    GbfsConnector(SourceSpec spec, URI address, Fetcher fetcher, Login login) {
        this.login = login;
        this.spec = spec;
        this.address = address;
        this.fetcher = fetcher;
    }

    @Override
    public boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure, InterruptedException {
        Instant now = occasion.now();
        Kept discovery = document(address, now);
        Map<String, Map<String, URI>> feedsByLanguage = GbfsFeeds.read(discovery.json(), discovery.address());
        Map<String, JsonNode> information = new LinkedHashMap<>();
        JsonNode status = null;
        for (String language : languages(feedsByLanguage)) {
            Map<String, URI> feeds = feedsByLanguage.getOrDefault(language, Map.of());
            URI informationFeed = feed(feeds, "station_information");
            URI statusFeed = feed(feeds, "station_status");
            information.put(language, document(informationFeed, now).json());
            status = status == null ? document(statusFeed, now).json() : status;
        }
        if (!changed || status == null) {
            return false;
        }
        GbfsStations.join(information, status, sink);
        return true;
    }

    private static List<String> languages(Map<String, Map<String, URI>> feedsByLanguage) {
        List<String> wanted =
                LANGUAGES.stream().filter(feedsByLanguage::containsKey).toList();
        return wanted.isEmpty() ? feedsByLanguage.keySet().stream().limit(1).toList() : wanted;
    }

    private static URI feed(Map<String, URI> feeds, String name) throws SourceFailure {
        URI found = feeds.get(name);
        if (found == null) {
            throw new SourceFailure(
                    "Sistem ne objavlja »" + name + "«: nima postaj ali pa jih ne opisuje.",
                    "The system does not publish »" + name + "«: it has no stations, or does not describe them.");
        }
        return found;
    }

    private Kept document(URI where, Instant now) throws SourceFailure, InterruptedException {
        Kept last = kept.get(where);
        if (last != null && now.isBefore(last.freshUntil())) {
            return last;
        }
        Validators known = last == null ? Validators.NONE : last.validators();
        Kept next =
                switch (login.fetch(fetcher, new Fetcher.Order(where, known, spec.timeout(), spec.maxBytes()))) {
                    case Fetched.Unchanged _ -> unchanged(last, now);
                    case Fetched.Document document -> read(document, now);
                };
        kept.put(where, next);
        return next;
    }

    private static Kept unchanged(@Nullable Kept last, Instant now) throws SourceFailure {
        if (last == null) {
            throw new SourceFailure(
                    "Strežnik trdi, da se ni nič spremenilo, čeprav še nič ni dal.",
                    "The server says that nothing has changed, though it gave nothing yet.");
        }
        return new Kept(last.address(), last.json(), last.validators(), now.plus(ttl(last.json())));
    }

    private Kept read(Fetched.Document document, Instant now) throws SourceFailure {
        String text = Decoding.text(
                document.bytes(),
                spec.findCharset().orElse(null),
                document.findHeaderCharset().orElse(null));
        JsonNode json = JsonRecords.parse(text);
        changed = true;
        return new Kept(document.address(), json, document.validators(), now.plus(ttl(json)));
    }

    private static Duration ttl(JsonNode json) {
        long seconds = json.path("ttl").asLong(0);
        return Duration.ofSeconds(Math.clamp(seconds, 0, MAX_TTL.toSeconds()));
    }

    @Override
    public void accepted() {
        changed = false;
    }
}
