package city.emona.vertical.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.json.Json;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.RecordFormat;
import city.emona.vertical.RecordFormat.TableForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The formats with the least that shows what they do. */
class FormatsTest {
    private static final RecordFormat CSV = new RecordFormat.Csv(TableForm.UNKNOWN);

    private static RecordSet read(RecordFormat format, String text) throws SourceFailure {
        return RecordSet.read(format, Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> told(RecordSet set) {
        return set.detected().stream().map(what -> what.en()).toList();
    }

    @Test
    void jsonIsReadItemByItemAndWhatStandsBesideTheArrayIsTheHeader() throws Exception {
        RecordSet set = read(new RecordFormat.Json("data.list"), """
                {"x": 1, "data": {"at": "now", "list": [{"a": 1.50}, {"a": null}, 3], "more": [1]}}""");
        assertThat(set.header()).isEqualTo(Map.of("at", "now", "more", List.of(1)));
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("a", null);
        assertThat(set.records()).containsExactly(Map.of("a", new BigDecimal("1.50")), withNull, 3);
    }

    @Test
    void jsonInACallWithDatesIsReadAsJson() throws Exception {
        RecordSet set = read(new RecordFormat.Json("feed.entry"), """
                show({"feed": {"updated": new Date(2011,4,25,9,55,54,0), "entry": [
                  {"note": "a \\"new Date(1)\\" in words", "at": new Date(1764057600000)}, {"at": new Date(2026, 13, 1)}]}});
                """);
        assertThat(set.header()).isEqualTo(Map.of("updated", "2011-05-25T09:55:54Z"));
        Map<String, Object> noTime = new LinkedHashMap<>();
        noTime.put("at", null);
        assertThat(set.records())
                .containsExactly(Map.of("note", "a \"new Date(1)\" in words", "at", "2025-11-25T08:00:00Z"), noTime);
        assertThatThrownBy(() -> read(new RecordFormat.Json(""), "show({\"a\": 1}"))
                .isInstanceOf(SourceFailure.class);
        assertThat(read(new RecordFormat.Json(""), "([1, 2])").records()).containsExactly(1, 2);
    }

    @Test
    void aRootThatIsCalledAsItsRecordsIsNoneOfThem() throws Exception {
        RecordSet set = read(new RecordFormat.Xml("P"), "<P><at>now</at><P><id>1</id></P><P><id>2</id></P></P>");
        assertThat(set.records()).containsExactly(Map.of("id", "1"), Map.of("id", "2"));
        assertThat(set.header()).isEqualTo(Map.of("at", "now"));
        assertThat(read(new RecordFormat.Xml("P"), "<P><id>1</id></P>").records())
                .containsExactly(Map.of("id", "1"));
    }

    @Test
    void nothingIsTakenOfJsonThatBreaksOff() {
        RecordSet set = new RecordSet();
        assertThatThrownBy(() -> Formats.read(
                        new RecordFormat.Json("a"), Body.of("{\"a\": [1, 2".getBytes(StandardCharsets.UTF_8)), set))
                .isInstanceOf(SourceFailure.class);
        assertThat(set.records()).isEmpty();
    }

    @Test
    void aMillionItemsOfJsonAreMoreThanAnyTreeMayHold() throws Exception {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 1_000_000; i++) {
            text.append(i == 0 ? "" : ",").append("{\"a\":").append(i).append('}');
        }
        int[] count = {0};
        Formats.read(
                new RecordFormat.Json(""),
                Body.of(text.append(']').toString().getBytes(StandardCharsets.UTF_8)),
                new Counting(count));
        assertThat(count[0]).isEqualTo(1_000_000);
    }

    private record Counting(int[] count) implements RecordSink {
        @Override
        public void header(Map<String, @Nullable Object> header) {}

        @Override
        public void record(Object content) {
            count[0]++;
        }

        @Override
        public void unusable(Object content, LocalizedText reason) {}

        @Override
        public void brokenOff(LocalizedText reason) {}

        @Override
        public void detected(LocalizedText what) {}
    }

    @Test
    void aBrokenLineOfNdjsonIsRejectedAndTheOthersStand() throws Exception {
        RecordSet set = read(new RecordFormat.NdJson(), "{\"a\":1}\n\n{\"a\":\n{\"a\":2}\n");
        assertThat(set.records()).containsExactly(Map.of("a", 1), Map.of("a", 2));
        assertThat(set.unusable()).hasSize(1);
        assertThat(set.unusable().getFirst().reason().en()).startsWith("Line 3 is not valid JSON");
    }

    @Test
    void namesOfColumnsAreRepeatedMissingOrPaddedInRealTables() throws Exception {
        RecordSet set = read(CSV, "\uFEFF id ;ime;;ime\n1;Vič;x;y\n2;;;\n");
        assertThat(set.records())
                .containsExactly(Map.of("id", "1", "ime", "Vič", "column3", "x", "ime_2", "y"), Map.of("id", "2"));
        assertThat(told(set)).contains("The name of a column occurs more than once: »ime«; the repeated have _2, _3.");
    }

    @Test
    void linesAboveTheNamesAreFoundAndKept() throws Exception {
        RecordSet set = read(CSV, "Prebivalci po četrtih\n\nčetrt,število\nVič,10\nBežigrad,20\n");
        assertThat(set.header()).containsEntry("preamble", List.of("Prebivalci po četrtih"));
        assertThat(set.records()).contains(Map.of("četrt", "Vič", "število", "10"));
    }

    @Test
    void titlesThatASpreadsheetPaddedWithEmptyFieldsAreNotTheNames() throws Exception {
        RecordSet set = read(CSV, "Zbiralnice;;;\nStanje: 1. 10. 2026;;;\n;;;\nšifra;naziv;e;n\n7;Vič;;\n8;Center;;\n");
        assertThat(set.header()).containsEntry("preamble", List.of("Zbiralnice", "Stanje: 1. 10. 2026"));
        assertThat(set.records())
                .containsExactly(Map.of("šifra", "7", "naziv", "Vič"), Map.of("šifra", "8", "naziv", "Center"));
    }

    @Test
    void quotesMayHoldSeparatorsAndLineEnds() throws Exception {
        RecordSet set = read(CSV, "a,b\n\"x, y\",\"1\n2\"\n\"say \"\"hi\"\"\",3\n");
        assertThat(set.records())
                .containsExactly(Map.of("a", "x, y", "b", "1\n2"), Map.of("a", "say \"hi\"", "b", "3"));
    }

    @Test
    void codesWithLeadingZerosStayTextsAmongNumbers() throws Exception {
        RecordSet set =
                read(new RecordFormat.Csv(new TableForm(';', ',', 0)), "šifra;vrednost\n007;1.234,50\nA1;-0,5\n");
        assertThat(set.records())
                .containsExactly(
                        Map.of("šifra", "007", "vrednost", new BigDecimal("1234.50")),
                        Map.of("šifra", "A1", "vrednost", new BigDecimal("-0.5")));
    }

    @Test
    void aDeclaredEncodingIsUsedAndNotGuessed() throws Exception {
        byte[] bytes = "ime\nŽiče\n".getBytes(Charset.forName("windows-1250"));
        RecordSet set = RecordSet.read(CSV, new Body(bytes, Charset.forName("windows-1250"), null));
        assertThat(set.records()).containsExactly(Map.of("ime", "Žiče"));
        assertThat(told(set)).noneMatch(what -> what.contains("encoding"));
    }

    @Test
    void aPageOfHtmlIsNoTable() {
        assertThatThrownBy(() -> read(CSV, "<html><body>Napaka, 1</body></html>"))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("HTML");
    }

    @Test
    void rowsOfAWorkbookKeepTheKindsOfTheirCells() throws Exception {
        var out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "test", "1.0")) {
            workbook.newWorksheet("Prazen");
            Worksheet sheet = workbook.newWorksheet("Podatki");
            sheet.value(0, 0, "Poročilo 2026");
            List<String> names = List.of("šifra", "ime", "dan", "vrednost");
            names.forEach(name -> sheet.value(2, names.indexOf(name), name));
            for (int row = 3; row < 6; row++) {
                sheet.value(row, 0, "00" + row);
                sheet.value(row, 1, "  Vič ");
                sheet.value(row, 2, LocalDateTime.of(2026, 11, 23, 8, 0));
                sheet.style(row, 2).format("yyyy-MM-dd H:mm").set();
                sheet.value(row, 3, 1.5);
            }
        }
        RecordSet set = RecordSet.read(new RecordFormat.Excel("", 0), Body.of(out.toByteArray()));
        assertThat(set.records())
                .hasSize(3)
                .contains(Map.of(
                        "šifra", "003", "ime", "Vič", "dan", "2026-11-23T08:00", "vrednost", new BigDecimal("1.5")));
        assertThat(set.header()).containsEntry("preamble", List.of("Poročilo 2026"));
        assertThat(told(set)).anyMatch(what -> what.contains("Podatki"));
        assertThatThrownBy(() -> RecordSet.read(new RecordFormat.Excel("Drug", 0), Body.of(out.toByteArray())))
                .hasMessageContaining("no sheet »Drug«");
        assertThatThrownBy(() -> read(new RecordFormat.Excel("", 0), "a,b")).hasMessageContaining("no .xlsx");
    }

    @Test
    void geoJsonInTheNationalGridIsTakenToDegrees() throws Exception {
        RecordSet set = read(new RecordFormat.GeoJson(), """
                {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3794"}},
                 "features": [
                  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [462302.09, 102976.48]}, "properties": {"a": 1}},
                  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [102976.48, 462302.09]}, "properties": {"a": 2}},
                  {"type": "Feature", "geometry": null, "properties": {"a": 3}}]}""");
        assertThat(set.records()).hasSize(2);
        assertThat(set.records().getFirst().toString()).contains("14.5127", "46.0655");
        assertThat(set.unusable()).hasSize(1);
        assertThat(set.unusable().getFirst().reason().en()).contains("exchanged");
    }

    @Test
    void polygonsOfEsriKeepTheirHoles() throws Exception {
        RecordSet set = read(new RecordFormat.ArcGis(), """
                {"spatialReference": {"wkid": 102100, "latestWkid": 3857}, "fields": [], "features": [{"attributes": {"OBJECTID": 1},
                 "geometry": {"rings": [[[0,0],[0,9],[9,9],[9,0],[0,0]], [[1,1],[2,1],[2,2],[1,2],[1,1]], [[20,0],[20,9],[29,9],[20,0]]]}}]}""");
        JsonNode geometry = Json.fromPlain(set.records().getFirst()).path("geometry");
        assertThat(geometry.path("type").asString()).isEqualTo("MultiPolygon");
        assertThat(geometry.path("coordinates")).hasSize(2);
        assertThat(geometry.path("coordinates").path(0)).hasSize(2);
    }

    @Test
    void anErrorOfArcGisWithStatus200IsAFailure() {
        assertThatThrownBy(() -> read(new RecordFormat.ArcGis(), """
                {"error": {"code": 499, "message": "Token Required", "details": []}}"""))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("Token Required");
    }

    @Test
    void anUplinkOfChirpStackHasTheSameShapeAndAJoinIsNoRecord() throws Exception {
        RecordSet set = read(new RecordFormat.LoRaWan(), """
                [{"deduplicationId": "1", "time": "2026-11-23T08:00:00Z", "deviceInfo": {"applicationName": "smeti", "deviceName": "z1",
                  "devEui": "0101010101010101"}, "fCnt": 10, "fPort": 2, "data": "AQ==", "object": {"level": 40},
                  "rxInfo": [{"rssi": -100, "snr": 1}, {"rssi": -80, "snr": 7}]},
                 {"deduplicationId": "2", "deviceInfo": {"devEui": "0101010101010101"}, "devAddr": "00189440"}]""");
        assertThat(set.records())
                .containsExactly(Map.ofEntries(
                        Map.entry("network", "chirpstack"),
                        Map.entry("deviceId", "z1"),
                        Map.entry("devEui", "0101010101010101"),
                        Map.entry("application", "smeti"),
                        Map.entry("receivedAt", "2026-11-23T08:00:00Z"),
                        Map.entry("port", 2),
                        Map.entry("counter", 10),
                        Map.entry("payload", "AQ=="),
                        Map.entry("decoded", Map.of("level", 40)),
                        Map.entry("rssi", -80),
                        Map.entry("snr", 7),
                        Map.entry("gateways", 2)));
    }

    @Test
    void rowsOfGtfsThatPointNowhereAreRejectedWithFileAndLine() throws Exception {
        byte[] feed = zip(Map.of(
                "stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns1,A,46,14.5\ns1,B,46,14.5\ns3,C,0,0\n",
                "routes.txt", "route_id,route_type\nr1,3\n",
                "calendar_dates.txt", "service_id,date,exception_type\nw,20261123,1\n",
                "trips.txt", "trip_id,route_id,service_id\nt1,r1,w\nt2,r9,w\nt3,r1,q\n",
                "stop_times.txt", """
                        trip_id,stop_sequence,stop_id,arrival_time,departure_time
                        t1,2,s1,25:10:00,25:11:00
                        t1,1,s1,9:00:00,9:00:00
                        t1,3,s9,9:00:00,9:00:00
                        t1,4,s1,9:10:00,9:00:00
                        t1,5,s1,9.10,9.20
                        """));
        RecordSet set = RecordSet.read(new RecordFormat.Gtfs(List.of("stops", "routes", "trips")), Body.of(feed));
        assertThat(set.unusable())
                .extracting(one -> one.reason().en())
                .containsExactlyInAnyOrder(
                        "stops.txt:3: stop_id »s1« occurs twice",
                        "stops.txt:4: stop_lat, stop_lon »0, 0« are nowhere on Earth",
                        "stop_times.txt:4: stop_id »s9« is not in stops.txt",
                        "stop_times.txt:5: it departs at 9:00:00 before it arrives at 9:10:00",
                        "stop_times.txt:6: »9.10« is no time such as 25:10:00",
                        "trips.txt:3: route_id »r9« is not in routes.txt",
                        "trips.txt:4: service_id »q« is not in calendar.txt");
        assertThat(set.records()).hasSize(3);
        assertThat(set.records().getLast().toString()).contains("arrival_time=9:00:00", "arrival_time=25:10:00");
        assertThat(set.records().getLast().toString().indexOf("9:00:00"))
                .isLessThan(set.records().getLast().toString().indexOf("25:10:00"));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void whatIsNoMessageOfGtfsRealtimeIsAFailure() {
        assertThatThrownBy(() -> read(new RecordFormat.GtfsRealtime(), "<html>"))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("GTFS-Realtime");
        assertThatThrownBy(() -> read(new RecordFormat.Gtfs(List.of("stops")), "<html>"))
                .hasMessageContaining("no zip archive");
        assertThatThrownBy(() -> read(new RecordFormat.Datex(List.of()), "<a/>"))
                .hasMessageContaining("DATEX II");
    }
}
