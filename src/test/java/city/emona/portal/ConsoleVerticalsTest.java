package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.json.Json;
import city.emona.vertical.PackageContent;
import city.emona.vertical.life.SamplePackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of verticals on the pages of the console, over HTTP. */
final class ConsoleVerticalsTest {
    private static final String ORDERS = "/console/orders";
    private static final String FOUNTAINS = "/console/verticals/fountains";

    @TempDir
    Path folder;

    private TestCity city;
    private ConsoleClient client;

    @BeforeEach
    void open() {
        city = new TestCity(folder, 0);
        city.fill();
        client = new ConsoleClient(city.address());
    }

    @AfterEach
    void close() {
        client.close();
        city.close();
    }

    private String upload(byte[] zip) throws IOException, InterruptedException {
        return ConsoleClient.location(client.upload(ORDERS, "fountains.zip", zip));
    }

    private HttpResponse<String> apply(String order, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put("do", "apply");
        all.putIfAbsent("plan", ConsoleClient.hash(client.get(order)));
        return client.post(order, all);
    }

    private void carryOut(SamplePackage sample) throws IOException, InterruptedException {
        HttpResponse<String> done = apply(upload(sample.zip()), Map.of());
        assertThat(ConsoleClient.location(done)).startsWith(FOUNTAINS + "?result=");
        city.life().awaitRuns();
    }

    private String version() {
        return city.life()
                .current()
                .find("fountains")
                .map(vertical -> vertical.version().toString())
                .orElse("none");
    }

    private void putFountain(int number, double flow) {
        city.put(Json.text(Json.object()
                .put("id", "urn:ngsi-ld:Fountain:" + number)
                .put("type", SamplePackage.TYPE)
                .put("https://example.org/ns/name", "Trg")
                .put("https://example.org/ns/flow", flow)));
    }

    @Test
    void listsWhatRunsAndHowItIs() throws Exception {
        assertThat(client.get("/console/verticals").body())
                .contains("Kakovost zraka", "Izposoja koles", "priložena", "href=\"/v/air-quality\"")
                .contains("Urni podatki državne merilne mreže (ARSO)");
        assertThat(client.get("/en/console/verticals").body()).contains("Air quality", "bundled", "Check the package");
        assertThat(client.get("/console").body()).contains("href=\"/console/verticals\"");
        assertThat(client.get("/console/verticals/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void installsAPackageByExactlyThePlanThatItShows() throws Exception {
        String order = upload(new SamplePackage().zip());
        String plan = client.get(order).body();
        assertThat(plan)
                .contains("Namestitev: Pitniki 1.0.0", "fountains.zip", "pogled: Pitniki (Fountain)")
                .contains("Vidijo: vsi, brez prijave: začetna stran in /v/fountains")
                .contains("ostanejo objavljeni za vedno");
        assertThat(client.get("/en" + order).body())
                .contains("Installation: Fountains 1.0.0", "What cannot be taken back");
        assertThat(version()).isEqualTo("none");
        HttpResponse<String> done = apply(order, Map.of());
        assertThat(client.follow(done).body())
                .contains("Vertikala je nameščena.", "nameščena", "Nameščena je bila različica 1.0.0.", "Vodovod")
                .contains("mappings/list.jsonata");
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(client.follow(client.post(order, Map.of("do", "apply", "plan", "x")))
                        .body())
                .contains("Naročila ni več");
    }

    @Test
    void saysWhatIsNotRightInBothLanguages() throws Exception {
        String broken = upload(new SamplePackage()
                .edit("vertical.yaml", "every: 1h", "every: often")
                .edit("vertical.yaml", "domain: environment", "domains: environment")
                .zip());
        assertThat(client.get(broken).body())
                .contains("Paket ni v redu", "vertical.yaml, vrstica")
                .contains("»sources[0].every: often« ni časovni razpon.", "Zapišite ga kot 60s, 10m, 2h ali 1d.")
                .contains("»domain« manjka.", "»domains« tu ni znano.");
        String mapping =
                upload(new SamplePackage().with("mappings/list.jsonata", "{").zip());
        assertThat(client.get(mapping).body()).contains("Izraz ni veljavna JSONata");
        assertThat(client.get("/en" + broken).body())
                .contains("vertical.yaml, line", "»sources[0].every: often« is not a time span.");
    }

    @Test
    void refusesWhatIsHostileOrNoZip() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../evil.yaml"));
            zip.write("x".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(client.get(upload(bytes.toByteArray())).body()).contains("»../../evil.yaml« ni pot znotraj paketa.");
        assertThat(client.get(upload("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)))
                        .body())
                .contains("To ni datoteka ZIP ali pa je prazna.");
        assertThat(client.get(upload(new byte[0])).body()).contains("Nobena datoteka ni bila izbrana.");
        assertThat(client.get(upload(new byte[PackageContent.MAX_BYTES + 1])).body())
                .contains("Paket je večji od 16000000 bajtov.");
        HttpResponse<String> named = client.upload(ORDERS, "<script>.zip", new byte[] {1});
        assertThat(client.follow(named).body()).doesNotContain("<script>.zip");
        assertThat(client.post(ORDERS, Map.of("package", "x")).statusCode()).isEqualTo(415);
        assertThat(folder.resolve("verticals")).doesNotExist();
    }

    @Test
    void asksWhatThePackageAsksAndSaysMistakesBesideTheFields() throws Exception {
        String order = upload(ConsolePackages.asking().zip());
        String first = client.get(order).body();
        assertThat(first)
                .contains("Četrt", "Katera?", "Najmanj 1. Največ 9,5.", "type=\"password\"", "type=\"url\"")
                .contains("rdeča", "najprej odgovorite na vprašanja", "Europe/Ljubljana")
                .doesNotContain("Na to vprašanje je treba odgovoriti.", "value=\"apply\"");
        HttpResponse<String> wrong = client.post(
                order,
                Map.of(
                        "do", "apply",
                        "plan", ConsoleClient.hash(client.get(order)),
                        "answer-district", "Center",
                        "answer-limit", "12",
                        "answer-colour", "green",
                        "answer-home", "ftp://example.org",
                        "answer-zone", "Mars/Base",
                        "answer-apiKey", ""));
        String beside = client.follow(wrong).body();
        assertThat(beside)
                .contains("Odgovor »Meja« je zunaj meja (1 … 9,5).", "Odgovor »Barva« ni med izbirami.")
                .contains("Odgovor »Naslov« ni spletni naslov.", "Odgovor »Pas« ni časovni pas.")
                .contains("Na to vprašanje je treba odgovoriti.", "value=\"Center\"", "value=\"12\"");
        assertThat(version()).isEqualTo("none");
        HttpResponse<String> right = client.post(
                order,
                Map.of(
                        "do", "plan",
                        "answer-limit", "3,5",
                        "answer-winter", "false",
                        "answer-colour", "blue",
                        "answer-home", "",
                        "answer-zone", "Europe/Ljubljana",
                        "answer-apiKey", "skrivnost-42"));
        HttpResponse<String> planned = client.follow(right);
        assertThat(planned.body())
                .contains("nastavljeno; prazno polje ga pusti", "value=\"apply\"")
                .doesNotContain("skrivnost-42", "field-error");
        assertThat(ConsoleClient.location(right)).isEqualTo(order);
        String page = client.follow(apply(order, Map.of())).body();
        assertThat(page)
                .contains("modra", "3.5", "nastavljeno", "Europe/Ljubljana (privzeto)")
                .doesNotContain("skrivnost-42");
        assertThat(city.life().findLedger("fountains").orElseThrow().answers())
                .containsOnly(
                        Map.entry("district", "Center"),
                        Map.entry("limit", "3.5"),
                        Map.entry("winter", "false"),
                        Map.entry("colour", "blue"));
    }

    @Test
    void changesAnswersByAnotherPlan() throws Exception {
        String first = upload(ConsolePackages.asking().zip());
        client.post(
                first,
                Map.of("do", "plan", "answer-district", "Center", "answer-colour", "red", "answer-apiKey", "geheim"));
        apply(first, Map.of());
        String order = ConsoleClient.location(client.post(FOUNTAINS + "/again", Map.of()));
        assertThat(client.get(order).body()).contains("Odgovori: Pitniki 1.0.0", "value=\"Center\"");
        HttpResponse<String> changed = apply(order, Map.of("answer-district", "Moste"));
        assertThat(client.follow(changed).body()).contains("z vašimi odgovori je načrt drugačen");
        assertThat(client.follow(apply(order, Map.of())).body())
                .contains("Moste", "Različica 1.0.0 je dobila druge odgovore.");
    }

    @Test
    void showsTheNewPlanWhenTheWorldHasChanged() throws Exception {
        carryOut(new SamplePackage());
        String order = upload(new SamplePackage().version("1.1.0").zip());
        String hash = ConsoleClient.hash(client.get(order));
        client.post(
                FOUNTAINS + "/files/data/fountains.json",
                Map.of("content", "[]", "known", digest("data/fountains.json")));
        HttpResponse<String> stale = apply(order, Map.of("plan", hash));
        assertThat(client.follow(stale).body())
                .contains("Ni izvedeno: medtem se je nekaj spremenilo.", "ostane", "data/fountains.json");
        assertThat(version()).isEqualTo("1.0.0");
        apply(order, Map.of());
        assertThat(version()).isEqualTo("1.1.0");
    }

    private String digest(String path) {
        return PackageContent.digest(city.life().file("fountains", path));
    }

    @Test
    void changesAFileHereAndShowsInWhichLinesItDiffers() throws Exception {
        carryOut(new SamplePackage());
        String file = FOUNTAINS + "/files/mappings/list.jsonata";
        assertThat(client.get(file).body()).contains("<textarea", "urn:ngsi-ld:Fountain:");
        String known = digest("mappings/list.jsonata");
        HttpResponse<String> wrong = client.post(file, Map.of("content", "{\"id\": ", "known", known));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains(
                        "Ni shranjeno, ker paket ne bi bil več v redu.",
                        "mappings/list.jsonata",
                        "ni veljavna JSONata");
        HttpResponse<String> models = client.post(
                FOUNTAINS + "/files/models/Fountain.schema.json",
                Map.of("content", "{\"type\": \"object\"}", "known", digest("models/Fountain.schema.json")));
        assertThat(models.body()).contains("Identitete, različice in modelov objavljenega paketa");
        String text = new String(city.life().file("fountains", "mappings/list.jsonata"), StandardCharsets.UTF_8);
        String changed =
                text.replace("{\"value\": flow}", "{\"value\": flow * 2}").replace("\n", "\r\n");
        HttpResponse<String> saved = client.post(file, Map.of("content", changed, "known", known));
        assertThat(client.follow(saved).body()).contains("Shranjeno; sprememba že velja.", "diff-added", "flow * 2");
        assertThat(new String(city.life().file("fountains", "mappings/list.jsonata"), StandardCharsets.UTF_8))
                .isEqualTo(changed.replace("\r\n", "\n"));
        HttpResponse<String> late = client.post(file, Map.of("content", "moje", "known", known));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("datoteko je medtem spremenil nekdo drug", "moje");
        assertThat(client.get(FOUNTAINS).body()).contains("spremenjena tukaj", "diff-removed", "1 datoteka");
        assertThat(client.follow(client.post(file, Map.of("do", "revert"))).body())
                .contains("Datoteka je spet taka kot v paketu.")
                .doesNotContain("diff-removed");
    }

    @Test
    void decidesWhatCountsForLocalEdits() throws Exception {
        carryOut(new SamplePackage());
        String file = "mappings/list.jsonata";
        String text = new String(city.life().file("fountains", file), StandardCharsets.UTF_8);
        client.post(
                FOUNTAINS + "/files/" + file,
                Map.of("content", text.replace("value\": flow", "value\": 1 * flow"), "known", digest(file)));
        String order = upload(new SamplePackage()
                .version("1.1.0")
                .edit(file, "\"value\": flow", "\"value\": flow + 0")
                .zip());
        assertThat(client.get(order).body())
                .contains("sta spremenila iste vrstice", "velja, kar je napisalo mesto", "ni mogoče izvesti");
        client.post(order, Map.of("do", "plan", "edits", "keep"));
        apply(order, Map.of("edits", "keep"));
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(new String(city.life().file("fountains", file), StandardCharsets.UTF_8))
                .contains("1 * flow");
    }

    @Test
    void migratesTellsWhatFailedAndGoesBack() throws Exception {
        carryOut(new SamplePackage());
        putFountain(1, 0.5);
        putFountain(2, 3);
        carryOut(ConsolePackages.second());
        assertThat(client.get(FOUNTAINS).body())
                .contains("Selitev v novo različico: opravljenih entitet 1.", "1 ni uspela")
                .contains("urn:ngsi-ld:Fountain:2: Too much.", "Različico 1.0.0 je zamenjala 2.0.0.");
        String order = ConsoleClient.location(client.post(FOUNTAINS + "/rollback", Map.of()));
        assertThat(client.get(order).body()).contains("Povrnitev: Pitniki 2.0.0 → 1.0.0", "od selitve, se izgubi");
        assertThat(client.follow(apply(order, Map.of())).body()).contains("Spet teče prejšnja različica.");
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void goesOnWithAMigrationThatStopped() throws Exception {
        carryOut(new SamplePackage());
        putFountain(1, 0.5);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        city.life().onChange(_ -> {
            if (isFirst.getAndSet(false)) {
                throw new IllegalStateException("stopped on purpose between the commit and the work on entities");
            }
        });
        assertThat(apply(upload(ConsolePackages.second().zip()), Map.of()).statusCode())
                .isEqualTo(500);
        assertThat(client.get("/console").body()).contains("Selitev v novo različico");
        assertThat(client.get(FOUNTAINS).body()).contains("ustavljeno", "<progress", "Nadaljuj delo");
        assertThat(ConsoleClient.location(client.post(FOUNTAINS + "/remove", Map.of())))
                .startsWith(ORDERS);
        assertThat(client.follow(client.post(FOUNTAINS + "/resume", Map.of())).body())
                .contains("Delo se nadaljuje.");
        city.life().awaitRuns();
        assertThat(client.get(FOUNTAINS).body()).contains("končano").doesNotContain("Nadaljuj delo");
    }

    @Test
    void removesAndOffersWhatItExported() throws Exception {
        carryOut(new SamplePackage());
        putFountain(7, 2);
        String order = ConsoleClient.location(client.post(FOUNTAINS + "/remove", Map.of()));
        client.post(order, Map.of("do", "plan", "entities", "export"));
        assertThat(client.get(order).body())
                .contains("Odstranitev: Pitniki 1.0.0", "zapišejo v datoteko in ostanejo: 1");
        String page = client.follow(apply(order, Map.of("entities", "export"))).body();
        assertThat(page).contains("Vertikala je odstranjena; izvožene entitete", "Namesti znova");
        int start = page.indexOf(FOUNTAINS + "/exports/");
        HttpResponse<String> export = client.get(page.substring(start, page.indexOf('"', start)));
        assertThat(export.body().lines()).hasSize(1);
        assertThat(export.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        assertThat(client.get(FOUNTAINS + "/exports/..%2FSERVER").statusCode()).isEqualTo(404);
        assertThat(client.get("/console/verticals").body()).contains("odstranjena");
        String again = ConsoleClient.location(client.post(FOUNTAINS + "/again", Map.of()));
        apply(again, Map.of());
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void deletesEntitiesOnlyByThePlanThatSaysSo() throws Exception {
        carryOut(new SamplePackage());
        putFountain(7, 2);
        String order = ConsoleClient.location(client.post(FOUNTAINS + "/remove", Map.of()));
        HttpResponse<String> unseen = apply(order, Map.of("entities", "delete"));
        assertThat(client.follow(unseen).body()).contains("To je novi načrt.", "se izbrišejo");
        assertThat(version()).isEqualTo("1.0.0");
        apply(order, Map.of("entities", "delete"));
        city.life().awaitRuns();
        assertThat(client.get(FOUNTAINS).body()).contains("Brisanje entitet z zgodovino: opravljenih 1.");
    }

    @Test
    void takesABundledVerticalOver() throws Exception {
        String page = "/console/verticals/air-quality";
        assertThat(client.get(page).body()).contains("Namesti kot svojo");
        assertThat(client.get(page + "/files/vertical.yaml").body())
                .contains("Samo za branje")
                .doesNotContain("<textarea");
        String order = ConsoleClient.location(client.post(page + "/again", Map.of()));
        assertThat(client.follow(apply(order, Map.of())).body())
                .contains("nameščena")
                .doesNotContain("Namesti kot svojo");
    }

    @Test
    void obeysNoPageOfOthers() throws Exception {
        carryOut(new SamplePackage());
        byte[] zip = new SamplePackage().version("1.1.0").zip();
        String evil = "https://evil.example";
        assertThat(client.upload(ORDERS, "a.zip", zip, "Origin", evil).statusCode())
                .isEqualTo(403);
        assertThat(client.upload(ORDERS, "a.zip", zip, "X-Nothing", "x").statusCode())
                .isEqualTo(403);
        String order = upload(zip);
        Map<String, String> fields = Map.of("do", "apply", "plan", ConsoleClient.hash(client.get(order)));
        assertThat(client.post(order, fields, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        for (String what : new String[] {"/remove", "/rollback", "/again", "/resume", "/files/data/fountains.json"}) {
            assertThat(client.post(FOUNTAINS + what, Map.of(), "Origin", evil).statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
        assertThat(version()).isEqualTo("1.0.0");
    }
}
