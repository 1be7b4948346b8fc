package city.emona.vertical;

import city.emona.vertical.RecordFormat.TableForm;
import city.emona.vertical.Transport.Authentication;
import city.emona.vertical.Transport.Paging;
import city.emona.vertical.Transport.PushProof;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the format and the transport of a source. */
final class SourceReader {
    private static final String FORMATS =
            "json, ndjson, xml, csv, excel, geojson, gtfs, gtfs-realtime, arcgis, sensorthings, ngsi-ld, lorawan, datex2";
    private static final int PAGE = 1_000;

    private SourceReader() {}

    static RecordFormat format(YamlMap map, SourceSpec.Connector connector) {
        if (connector == SourceSpec.Connector.GBFS) {
            return new RecordFormat.GbfsStations();
        }
        return switch (map.text("format")) {
            case "json" -> new RecordFormat.Json(map.findText("records").orElse(""));
            case "ndjson" -> new RecordFormat.NdJson();
            case "xml" -> new RecordFormat.Xml(map.text("records"));
            case "csv" ->
                new RecordFormat.Csv(
                        new TableForm(sign(map, "separator", ";,|\t"), sign(map, "decimal", ",."), headerLine(map)));
            case "excel" -> new RecordFormat.Excel(map.findText("sheet").orElse(""), headerLine(map));
            case "geojson" -> new RecordFormat.GeoJson();
            case "gtfs" -> new RecordFormat.Gtfs(tables(map));
            case "gtfs-realtime" -> new RecordFormat.GtfsRealtime();
            case "arcgis" -> new RecordFormat.ArcGis();
            case "sensorthings" -> new RecordFormat.SensorThings();
            case "ngsi-ld" -> new RecordFormat.NgsiLd();
            case "lorawan" -> new RecordFormat.LoRaWan();
            case "datex2" -> new RecordFormat.Datex(map.has("records") ? List.of(map.text("records")) : List.of());
            default -> {
                if (map.has("format")) {
                    map.finding("format", "This format is not known.", "Use one of " + FORMATS + ".");
                }
                yield new RecordFormat.Json("");
            }
        };
    }

    private static List<String> tables(YamlMap map) {
        List<String> tables = map.texts("tables");
        return tables.isEmpty() ? List.of("stops", "routes", "trips") : tables;
    }

    private static @Nullable Character sign(YamlMap map, String key, String allowed) {
        if (!map.has(key)) {
            return null;
        }
        String text = map.text(key).equals("tab") ? "\t" : map.text(key);
        if (text.length() != 1 || allowed.indexOf(text.charAt(0)) < 0) {
            map.finding(
                    key,
                    "»" + text + "« cannot be the " + key + ".",
                    "Use one of " + allowed.replace("\t", " tab") + ".");
            return null;
        }
        return text.charAt(0);
    }

    private static int headerLine(YamlMap map) {
        return map.findText("header")
                .map(text -> {
                    if (text.equals("none")) {
                        return -1;
                    }
                    if (text.matches("[1-9]\\d{0,3}")) {
                        return Integer.parseInt(text);
                    }
                    map.finding("header", "»" + text + "« is no row.", "Write the row of the names, or »none«.");
                    return 0;
                })
                .orElse(0);
    }

    static Transport transport(YamlMap map) {
        Map<String, String> headers =
                map.findMap("headers").map(YamlMap::allTexts).orElse(Map.of());
        Authentication authentication =
                map.findMap("authentication").map(SourceReader::authentication).orElse(null);
        Paging paging = map.findMap("paging").map(SourceReader::paging).orElse(new Paging.None());
        PushProof push = map.findMap("push").map(SourceReader::push).orElse(null);
        return new Transport(authentication, headers, paging, push);
    }

    private static @Nullable Authentication authentication(YamlMap map) {
        String secret = map.text("secret");
        Authentication read =
                switch (map.text("kind")) {
                    case "basic" -> new Authentication.Basic(map.text("user"), secret);
                    case "bearer" -> new Authentication.Bearer(secret);
                    case "header" -> new Authentication.Header(map.text("header"), secret);
                    case "client-credentials" ->
                        new Authentication.ClientCredentials(
                                map.text("tokenAddress"),
                                map.text("client"),
                                secret,
                                map.findText("scope").orElse(""));
                    case "password" -> new Authentication.Password(map.text("tokenAddress"), map.text("user"), secret);
                    default -> {
                        map.finding(
                                "kind",
                                "This kind of authentication is not known.",
                                "Use one of basic, bearer, header, client-credentials, password.");
                        yield null;
                    }
                };
        map.done();
        return read;
    }

    private static Paging paging(YamlMap map) {
        Paging paging = map.has("offset")
                ? new Paging.Offset(
                        map.text("offset"), map.findText("limit").orElse("limit"), map.wholeNumber("size", PAGE))
                : map.has("next") ? new Paging.Next(map.text("next")) : new Paging.Link();
        if (map.has("link")) {
            map.flag("link", true);
        }
        map.done();
        return paging;
    }

    private static PushProof push(YamlMap map) {
        String kind = map.text("kind");
        boolean signed = kind.equals("hmac");
        if (!signed && !kind.equals("token")) {
            map.finding("kind", "»" + kind + "« is no proof.", "Use one of token, hmac.");
        }
        PushProof proof = new PushProof(
                signed,
                map.findText("header").orElse(signed ? "X-Signature-256" : "Authorization"),
                map.text("secret"));
        map.done();
        return proof;
    }
}
