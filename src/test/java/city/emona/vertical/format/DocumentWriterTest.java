package city.emona.vertical.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.vertical.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is what the readers read. */
class DocumentWriterTest {
    private static Object plain(String json) {
        return Json.toPlain(Json.parse(json));
    }

    private static RecordSet read(RecordFormat format, byte[] bytes) throws SourceFailure {
        RecordSet records = new RecordSet();
        Formats.read(format, new Body(bytes, null, StandardCharsets.UTF_8), records);
        assertThat(records.unusable()).isEmpty();
        return records;
    }

    @Test
    void writesRowsAsATable() throws SourceFailure {
        byte[] csv = DocumentWriter.bytes("a.csv", plain("""
                [{"name": "Trg \\"pri\\", 1", "level": 2.5, "on": true}, {"name": "Čez\\ncesto", "more": null}]"""));
        assertThat(new String(csv, StandardCharsets.UTF_8))
                .isEqualTo("name,level,on,more\r\n\"Trg \"\"pri\"\", 1\",2.5,true,\r\n\"Čez\ncesto\",,,\r\n");
        assertThat(read(new RecordFormat.Csv(RecordFormat.TableForm.UNKNOWN), csv)
                        .records())
                .hasSize(2);
    }

    @Test
    void writesJsonLinesAndTexts() {
        assertThat(DocumentWriter.bytes("a.json", plain("{\"a\": [1, null]}")))
                .asString()
                .isEqualTo("{\"a\":[1,null]}");
        assertThat(DocumentWriter.bytes("a.ndjson", plain("[{\"a\": 1}, {\"a\": 2}]")))
                .asString()
                .isEqualTo("{\"a\":1}\n{\"a\":2}\n");
        assertThat(DocumentWriter.bytes("a.xml", "<a>č</a>")).isEqualTo("<a>č</a>".getBytes(StandardCharsets.UTF_8));
        assertThat(DocumentWriter.contentType("a.xml")).isEqualTo("application/xml; charset=utf-8");
    }

    @Test
    void writesATimetableThatIsTheSameEachTime() throws SourceFailure {
        Object files = plain("""
                {"agency.txt": "agency_name,agency_url,agency_timezone\\nLPP,https://example.org,Europe/Ljubljana\\n",
                 "stops.txt": [{"stop_id": "1", "stop_name": "Pošta", "stop_lat": 46.0519, "stop_lon": 14.5049},
                               {"stop_id": "2", "stop_name": "Drama, Opera", "stop_lat": 46.0512, "stop_lon": 14.5012}]}""");
        byte[] zip = DocumentWriter.bytes("gtfs.zip", files);
        assertThat(zip).isEqualTo(DocumentWriter.bytes("gtfs.zip", files));
        RecordSet stops = read(new RecordFormat.Gtfs(List.of("stops")), zip);
        assertThat(stops.records())
                .extracting(stop -> String.valueOf(((Map<?, ?>) stop).get("stop_name")))
                .containsExactly("Pošta", "Drama, Opera");
        assertThat(stops.header().toString()).contains("LPP");
    }

    @Test
    void writesAMessageOfGtfsRealtimeThatReadsTheSame() throws SourceFailure {
        Object entities = plain("""
                [{"id": "v1", "is_deleted": false, "vehicle": {
                    "trip": {"trip_id": "6-12", "route_id": "6", "schedule_relationship": "SCHEDULED"},
                    "position": {"latitude": 46.05, "longitude": 14.5, "bearing": 90.5, "odometer": 1234.25, "speed": 8.5},
                    "current_status": "IN_TRANSIT_TO", "timestamp": 1795417200, "occupancy_status": "STANDING_ROOM_ONLY"}},
                 {"id": "t1", "trip_update": {
                    "trip": {"trip_id": "6-12"},
                    "stop_time_update": [{"stop_sequence": 3, "stop_id": "301", "arrival": {"delay": -90}},
                                         {"stop_id": "302", "schedule_relationship": "SKIPPED"}]}},
                 {"id": "a1", "alert": {
                    "active_period": [{"start": 1795417200}], "cause": "CONSTRUCTION", "effect": "DETOUR",
                    "informed_entity": [{"route_id": "6"}, {"stop_id": "301"}],
                    "header_text": {"translation": [{"text": "Obvoz", "language": "sl"}]}}}]""");
        Object message = Map.of(
                "header",
                Map.of("gtfs_realtime_version", "2.0", "incrementality", "FULL_DATASET", "timestamp", 1795417200),
                "entity",
                entities);
        RecordSet read = read(new RecordFormat.GtfsRealtime(), DocumentWriter.bytes("vehicles.pb", message));
        assertThat(Json.fromPlain(read.records())).isEqualTo(Json.fromPlain(entities));
        assertThat(read.header()).containsEntry("timestamp", 1795417200L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.pb | {\"header\": {\"version\": \"2\"}} | »version« is no field of FeedHeader",
                "a.pb | {\"entity\": [{\"is_deleted\": \"yes\"}]} | »yes« is no truth",
                "a.pb | {\"entity\": [{\"alert\": {\"cause\": \"NOBODY\"}}]} | »NOBODY« is no Cause",
                "a.pb | {\"header\": {\"timestamp\": \"soon\"}} | »soon« is no number",
                "a.pb | [] | must be made of an object",
                "a.zip | {\"stops.txt\": [1]} | each row of stops.txt must be made of an object",
                "a.xml | {} | must be made of a text",
            })
    void saysWhyContentIsNoSuchDocument(String name, String content, String reason) {
        assertThatThrownBy(() -> DocumentWriter.bytes(name, plain(content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
