package city.emona.portal;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.access.Access;
import city.emona.access.Account;
import city.emona.access.Grant;
import city.emona.access.Policy;
import city.emona.access.Role;
import city.emona.access.TestCodes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How people come in, over HTTP, with access control on: links, signing in and out, forms, accounts and keys. */
final class DoorHttpTest {
    private static final String PASSWORD = "konj baterija sponka prav";
    private static final Pattern TOKEN = FormBrowser.TOKEN;
    private static final Pattern SECRET = Pattern.compile("id=\"secret\">([^<]+)<");

    private final HttpClient client = HttpClient.newHttpClient();
    private TestCity city;

    @BeforeEach
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0, Access.by(Policy.shipped()));
        city.fill();
    }

    @AfterEach
    void close() {
        client.close();
        city.close();
    }

    private FormBrowser browser() {
        return new FormBrowser(client, city.address());
    }

    private Account administrator() {
        String link = city.book().accounts().drawFirstLink().orElseThrow();
        return city.book().accounts().createFirst(link, "ana", "Ana Novak", PASSWORD);
    }

    private Account person(String login, Grant... grants) {
        return city.book().accept(city.book().accounts().invite(login, login, Set.of(grants)), PASSWORD);
    }

    private FormBrowser inside(String login) throws Exception {
        FormBrowser browser = browser();
        assertThat(browser.signIn(login, PASSWORD).statusCode()).isEqualTo(303);
        return browser;
    }

    @Test
    void theFirstLinkLeadsToAnAdministratorWhoIsSignedIn() throws Exception {
        String path = "/welcome/" + city.book().accounts().drawFirstLink().orElseThrow();
        FormBrowser browser = browser();
        assertThat(browser.get(path).body()).contains("Prvi skrbnik");
        assertThat(browser.last().headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(browser.post(
                                path,
                                path,
                                "login",
                                "ana",
                                "name",
                                "Ana",
                                "password",
                                PASSWORD,
                                "again",
                                "nekaj drugega")
                        .body())
                .contains("razlikujeta");
        assertThat(browser.post(path, path, "login", "ana", "name", "Ana", "password", PASSWORD, "again", PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.get("/console/access").body()).contains("Računi ljudi", "Ana");
        assertThat(browser().get(path).statusCode()).isEqualTo(403);
        assertThat(browser.get("/welcome/anything").statusCode()).isEqualTo(403);
    }

    @Test
    void signsInAndOutWithCookiesThatScriptsDoNotSee() throws Exception {
        administrator();
        FormBrowser browser = browser();
        assertThat(browser.get("/console").headers().firstValue("Location")).contains("/sign-in?to=%2Fconsole");
        HttpResponse<String> answer = browser.signIn("Ana", PASSWORD);
        assertThat(answer.headers().firstValue("Location")).contains("/console");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("; Path=/; HttpOnly; SameSite=Lax"));
        assertThat(browser.get("/console").statusCode()).isEqualTo(200);
        assertThat(browser.get("/").headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(browser.last().body()).contains("Ana Novak");
        Map<String, String> before = Map.copyOf(browser.cookies());
        assertThat(browser.post("/account", "/sign-out").statusCode()).isEqualTo(303);
        browser.cookies().putAll(before);
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void bindsCookiesToTheHostUnderTls() throws Exception {
        administrator();
        HttpRequest request = browser()
                .request("/sign-in")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "203.0.113.7")
                .POST(BodyPublishers.ofString(
                        "login=ana&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(
                        cookie -> assertThat(cookie).startsWith("__Host-emona_").contains("; Secure"));
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @Test
    void tellsNobodyWhetherAnAccountExists() throws Exception {
        administrator();
        String wrongPassword = browser().signIn("ana", "napačno geslo").body().replace("value=\"ana\"", "");
        String wrongName = browser().signIn("eva", "napačno geslo").body().replace("value=\"eva\"", "");
        assertThat(wrongPassword).contains("Podatki niso pravi").isEqualTo(wrongName);
    }

    @Test
    void leadsNobodyToAnotherSite() throws Exception {
        administrator();
        for (String evil : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"}) {
            HttpResponse<String> answer =
                    browser().postBare("/sign-in", "", "login", "ana", "password", PASSWORD, "to", evil);
            assertThat(answer.headers().firstValue("Location")).as(evil).contains("/account");
        }
    }

    @Test
    void obeysNoFormWithoutTheTokenOfTheSession() throws Exception {
        administrator();
        FormBrowser browser = inside("ana");
        String path = "/console/access/invite";
        String[] fields = {"login", "eva", "name", "Eva", "role", "administrator", "domain", "*"};
        assertThat(browser.postBare(path, "", fields).statusCode()).isEqualTo(403);
        Matcher foreign = TOKEN.matcher(inside("ana").get("/console/access").body());
        assertThat(foreign.find()).isTrue();
        assertThat(browser.postBare(path, foreign.group(1), fields).statusCode())
                .isEqualTo(403);
        assertThat(browser.postBare("/account/sign-out-everywhere", "").statusCode())
                .isEqualTo(403);
        assertThat(city.book().accounts().list()).hasSize(1);
        assertThat(browser.post("/console/access", path, fields).body()).contains("/welcome/");
        assertThat(city.book().accounts().list()).hasSize(2);
    }

    @Test
    void formsWithFilesNeedTheTokenToo() throws Exception {
        administrator();
        FormBrowser browser = inside("ana");
        Matcher token = TOKEN.matcher(browser.get("/console/verticals").body());
        assertThat(token.find()).isTrue();
        assertThat(upload(browser, "anything")).isEqualTo(403);
        assertThat(upload(browser, token.group(1))).isEqualTo(303);
        assertThat(upload(browser(), token.group(1))).isEqualTo(401);
    }

    private int upload(FormBrowser browser, String token) throws IOException, InterruptedException {
        String body = "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"package\"; filename=\"p.zip\"\r\n\r\nno zip\r\n--b--\r\n";
        return browser.send(browser.request("/console/orders")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .header("Origin", city.address())
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    @Test
    void aSessionChangesNothingThroughTheApi() throws Exception {
        administrator();
        FormBrowser browser = inside("ana");
        HttpRequest create = browser.request("/ngsi-ld/v1/entities")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\":\"urn:x:1\",\"type\":\"X\"}"))
                .build();
        assertThat(client.send(create, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        assertThat(browser.get("/deliveries/endpoints").statusCode()).isEqualTo(200);
        assertThat(browser().get("/deliveries/endpoints").statusCode()).isEqualTo(303);
    }

    @Test
    void rightsCountInTheirDomainAlone() throws Exception {
        administrator();
        person("mojca", new Grant(Role.STEWARD, "mobility"));
        FormBrowser browser = inside("mojca");
        assertThat(browser.get("/console").statusCode()).isEqualTo(403);
        Matcher token = TOKEN.matcher(browser.get("/account").body());
        assertThat(token.find()).isTrue();
        assertThat(browser.postBare("/console/sources/air-quality/arso/off", token.group(1))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.postBare("/console/sources/bike-sharing/gbfs/off", token.group(1))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void keysAreShownOnceAndEndWhenTheyAreRevoked() throws Exception {
        administrator();
        FormBrowser browser = inside("ana");
        String page = browser.post(
                        "/console/access",
                        "/console/access/keys",
                        "name",
                        "Uvoz meritev",
                        "role",
                        "editor",
                        "domain",
                        "*",
                        "days",
                        "30")
                .body();
        Matcher secret = SECRET.matcher(page);
        assertThat(secret.find()).isTrue();
        assertThat(browser.get("/console/access").body())
                .contains("Uvoz meritev", "Ana Novak", "nikoli")
                .doesNotContain(secret.group(1));
        assertThat(create("urn:x:1", secret.group(1))).isEqualTo(201);
        assertThat(browser.get("/console/access").body()).doesNotContain("nikoli");
        Matcher revoke = Pattern.compile("action=\"(/console/access/keys/[^\"]+/revoke)\"")
                .matcher(browser.last().body());
        assertThat(revoke.find()).isTrue();
        assertThat(browser.post("/console/access", revoke.group(1)).statusCode())
                .isEqualTo(303);
        assertThat(create("urn:x:2", secret.group(1))).isEqualTo(401);
    }

    private int create(String id, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.address() + "/ngsi-ld/v1/entities"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString("{\"id\":\"" + id + "\",\"type\":\"X\"}"))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void invitesGivesRolesAndDeactivatesAtOnce() throws Exception {
        administrator();
        FormBrowser browser = inside("ana");
        Account mojca = person("mojca");
        FormBrowser hers = inside("mojca");
        assertThat(hers.get("/console").statusCode()).isEqualTo(403);
        String account = "/console/access/accounts/" + mojca.id();
        browser.post("/console/access", account + "/grant", "role", "operator", "domain", "*");
        assertThat(hers.get("/console").statusCode()).isEqualTo(200);
        assertThat(hers.get("/console/access").statusCode()).isEqualTo(403);
        browser.post("/console/access", account + "/take-away", "role", "operator", "domain", "*");
        assertThat(hers.get("/console").statusCode()).isEqualTo(403);
        browser.post("/console/access", account + "/deactivate");
        assertThat(hers.get("/account").statusCode()).isEqualTo(303);
        assertThat(browser().signIn("mojca", PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void explainsWhoMayDoWhatAndWhy() throws Exception {
        administrator();
        Account mojca = person("mojca", new Grant(Role.STEWARD, "mobility"));
        FormBrowser browser = inside("ana");
        String question = "/en/console/access?right=sources.switch&who=" + mojca.id() + "&domain=";
        assertThat(browser.get(question + "mobility").body())
                .contains("mojca: yes", "because of the role data steward");
        assertThat(browser.get(question + "environment").body())
                .contains("mojca: no", "data steward, operator, administrator");
    }

    @Test
    void addsASecondStepAndAsksForIt() throws Exception {
        Account ana = administrator();
        FormBrowser browser = inside("ana");
        Matcher secret = Pattern.compile("name=\"secret\" value=\"([A-Z2-7]+)\"")
                .matcher(browser.get("/account/second-factor").body());
        assertThat(secret.find()).isTrue();
        String path = "/account/second-factor";
        String code = TestCodes.now(secret.group(1));
        assertThat(browser.post(path, path, "secret", secret.group(1), "code", "12", "present", PASSWORD)
                        .statusCode())
                .isEqualTo(401);
        String paper = browser.post(path, path, "secret", secret.group(1), "code", code, "present", PASSWORD)
                .body();
        Matcher one = Pattern.compile(">([A-Z2-7]{4}(-[A-Z2-7]{4}){3})<").matcher(paper);
        assertThat(one.find()).isTrue();
        assertThat(city.book().accounts().find(ana.id()).flatMap(Account::findFactor))
                .isPresent();
        FormBrowser other = browser();
        String asked = other.signIn("ana", PASSWORD).body();
        assertThat(other.cookies()).isEmpty();
        Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(asked);
        assertThat(ticket.find()).isTrue();
        // the code that was shown when the step was added counts no more
        assertThat(other.postBare("/sign-in/code", "", "ticket", ticket.group(1), "code", code, "to", "/console")
                        .statusCode())
                .isEqualTo(401);
        assertThat(other.postBare(
                                "/sign-in/code", "", "ticket", ticket.group(1), "code", one.group(1), "to", "/console")
                        .statusCode())
                .isEqualTo(303);
        assertThat(other.get("/console").statusCode()).isEqualTo(200);
        assertThat(other.get("/account").body()).contains("ostalo 9 kod");
    }

    @Test
    void changesThePasswordAndEndsAllOtherSessions() throws Exception {
        administrator();
        FormBrowser here = inside("ana");
        FormBrowser elsewhere = inside("ana");
        String next = "čisto drugo geslo";
        assertThat(here.post("/account", "/account/password", "present", "ni pravo", "password", next, "again", next)
                        .statusCode())
                .isEqualTo(401);
        assertThat(here.post("/account", "/account/password", "present", PASSWORD, "password", next, "again", next)
                        .statusCode())
                .isEqualTo(303);
        assertThat(here.get("/account").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/account").statusCode()).isEqualTo(303);
        assertThat(here.post("/account", "/account/sign-out-everywhere").statusCode())
                .isEqualTo(303);
        assertThat(here.get("/account").statusCode()).isEqualTo(303);
    }

    @Test
    void everyAnswerTellsBrowsersToBeCareful() throws Exception {
        for (String path :
                new String[] {"/", "/en/sign-in", "/nothing", "/ngsi-ld/v1/entities?type=X", "/map/base.geojson"}) {
            HttpResponse<String> answer = browser().get(path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).as(path).contains("same-origin");
            Optional<String> type =
                    answer.headers().firstValue("Content-Type").filter(one -> one.startsWith("text/html"));
            if (type.isPresent()) {
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElseThrow())
                        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.body()).doesNotContainPattern("<script(?![^>]* src=)|<style| style=\"| on[a-z]+=\"");
            }
        }
    }

    @Test
    void everybodyReadsAndOnlyThoseWhoMaySeeTheForms() throws Exception {
        administrator();
        assertThat(browser().get("/").statusCode()).isEqualTo(200);
        assertThat(browser().get("/e/" + TestCity.BIKES + "1/history.csv").statusCode())
                .isEqualTo(200);
        FormBrowser anybody = browser();
        assertThat(anybody.postBare("/forms/alerts/urn:ngsi-ld:Alert:air-quality:x:1", "", "who", "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(inside("ana")
                        .postBare("/forms/alerts/urn:ngsi-ld:Alert:air-quality:x:1", "", "who", "x")
                        .statusCode())
                .isEqualTo(403);
    }
}
