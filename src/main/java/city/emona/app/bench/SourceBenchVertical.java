package city.emona.app.bench;

import city.emona.context.Contexts;
import city.emona.vertical.Findings;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The vertical of the benchmark of sources: a parking feed as cities have them, and a timetable. */
final class SourceBenchVertical {
    private SourceBenchVertical() {}

    static Vertical write(Path home, Contexts contexts) throws IOException {
        Files.createDirectories(home.resolve("models"));
        Files.createDirectories(home.resolve("mappings"));
        Files.writeString(home.resolve("models/context.jsonld"), """
                {"@context": {"Parking": "https://emona.city/bench/Parking", "Transit": "https://emona.city/bench/Transit",
                 "name": "https://emona.city/bench/name", "free": "https://emona.city/bench/free", "capacity": "https://emona.city/bench/capacity",
                 "status": "https://emona.city/bench/status", "times": "https://emona.city/bench/times",
                 "route": {"@id": "https://emona.city/bench/route", "@type": "@id"}}}
                """);
        Files.writeString(home.resolve("models/parking.json"), """
                {"type": "object", "required": ["id", "type", "name", "location", "free"], "properties": {
                 "id": {"type": "string", "pattern": "^urn:ngsi-ld:"}, "name": {"type": "string", "minLength": 1},
                 "location": {"type": "object"}, "free": {"type": "integer", "minimum": 0},
                 "capacity": {"type": "integer", "minimum": 0}, "status": {"enum": ["open", "closed", "full"]}}}
                """);
        Files.writeString(home.resolve("models/transit.json"), """
                {"type": "object", "required": ["id", "type"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
                """);
        Files.writeString(home.resolve("mappings/parking.jsonata"), """
                {
                  "id": "urn:ngsi-ld:Parking:" & $uriPart(id),
                  "type": "Parking",
                  "name": {"value": name},
                  "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}},
                  "free": {"value": free, "observedAt": $instant(at)},
                  "capacity": {"value": capacity},
                  "status": {"value": free = 0 ? "full" : open ? "open" : "closed", "observedAt": $instant(at)}
                }
                """);
        Files.writeString(home.resolve("mappings/transit.jsonata"), """
                table = "stops" ? {
                  "id": "urn:ngsi-ld:Transit:stop:" & $uriPart(stop_id), "type": "Transit", "name": {"value": stop_name},
                  "location": {"type": "GeoProperty", "value": $point($number(stop_lon), $number(stop_lat))}
                } : table = "routes" ? {
                  "id": "urn:ngsi-ld:Transit:route:" & $uriPart(route_id), "type": "Transit", "name": {"value": route_short_name}
                } : {
                  "id": "urn:ngsi-ld:Transit:trip:" & $uriPart(trip_id), "type": "Transit", "name": {"value": trip_headsign},
                  "route": {"type": "Relationship", "object": "urn:ngsi-ld:Transit:route:" & $uriPart(route_id)},
                  "times": {"type": "JsonProperty", "json": stop_times}
                }
                """);
        Files.writeString(home.resolve("vertical.yaml"), """
                format: 1
                id: bench
                version: 1.0.0
                title: {sl: Merjenje, en: Benchmark}
                summary: {sl: Viri za merjenje., en: Sources to measure with.}
                domain: mobility
                areas: [mobility]
                steward:
                  name: {sl: Emona, en: Emona}
                models:
                  context: models/context.jsonld
                  types:
                    Parking: models/parking.json
                    Transit: models/transit.json
                sources:
                  - {id: json, name: {sl: Parkirišča, en: Car parks}, connector: upload, format: json, records: data, maxBytes: 500000000,
                     mapping: mappings/parking.jsonata}
                  - {id: gtfs, name: {sl: Vozni red, en: Timetable}, connector: upload, format: gtfs, tables: [stops, routes, trips],
                     maxBytes: 500000000, mapping: mappings/transit.jsonata}
                """);
        Findings findings = new Findings();
        var vertical = VerticalReader.read(home, contexts, findings);
        return vertical.orElseThrow(
                () -> new IllegalStateException(findings.list().toString()));
    }

    /** A feed of car parks as it is in a round; each round changes every one of them. */
    static byte[] json(int records, int round) {
        StringBuilder text = new StringBuilder(records * 200).append("{\"updated\": 1, \"data\": [");
        for (int i = 0; i < records; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s{\"id\": \"P%d\", \"name\": \"Parkirišče %d\", \"lat\": %.5f, \"lon\": %.5f, \"free\": %d, \"capacity\": 500, \"open\": true,"
                            + " \"at\": %d, \"address\": \"Cesta %d\", \"operator\": \"Mesto\"}",
                    i == 0 ? "" : ",",
                    i,
                    i,
                    46 + (i % 1000) * 1e-4,
                    14.5 + i * 1e-6,
                    (i + round * 7) % 500,
                    1_795_000_000L + round * 60L,
                    i));
        }
        return SourceBench.utf8(text.append("]}"));
    }
}
