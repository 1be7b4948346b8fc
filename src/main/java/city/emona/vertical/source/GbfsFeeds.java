package city.emona.vertical.source;

import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The discovery document {@code gbfs.json}: feeds by language in GBFS 1 and 2, without languages in GBFS 3. */
final class GbfsFeeds {
    private GbfsFeeds() {}

    /**
     * The feeds by language and name; the language is empty where the document has none.
     *
     * @param address where the document was, for relative addresses
     * @throws SourceFailure when this is no discovery document, or a feed lies where a remote system may not send us
     */
    static Map<String, Map<String, URI>> read(JsonNode discovery, URI address) throws SourceFailure {
        JsonNode data = discovery.path("data");
        Map<String, Map<String, URI>> byLanguage = new LinkedHashMap<>();
        if (data.path("feeds").isArray()) {
            byLanguage.put("", feeds(data.path("feeds"), address));
        } else {
            for (Map.Entry<String, JsonNode> language : data.properties()) {
                if (language.getValue().path("feeds").isArray()) {
                    byLanguage.put(language.getKey(), feeds(language.getValue().path("feeds"), address));
                }
            }
        }
        if (byLanguage.isEmpty()) {
            throw new SourceFailure(
                    "Dokument " + address + " ne našteva virov GBFS.",
                    "The document " + address + " lists no GBFS feeds.");
        }
        return byLanguage;
    }

    private static Map<String, URI> feeds(JsonNode list, URI address) throws SourceFailure {
        Map<String, URI> feeds = new LinkedHashMap<>();
        for (JsonNode feed : list) {
            String name = feed.path("name").asString("");
            String url = feed.path("url").asString("");
            feeds.putIfAbsent(name, resolve(url, address));
        }
        return feeds;
    }

    private static URI resolve(String url, URI address) throws SourceFailure {
        URI resolved;
        try {
            resolved = address.resolve(url);
        } catch (IllegalArgumentException _) {
            throw new SourceFailure("»" + url + "« ni naslov.", "»" + url + "« is not an address.");
        }
        String scheme = resolved.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new SourceFailure(
                    "Sistem navaja vir »" + url + "«, ki ni na spletu; takih ne beremo.",
                    "The system names the feed »" + url + "«, which is not on the web; such feeds are not read.");
        }
        return resolved;
    }
}
