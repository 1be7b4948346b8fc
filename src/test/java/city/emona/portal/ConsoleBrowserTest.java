package city.emona.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.broker.delivery.Receiver;
import city.emona.vertical.source.Wait;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operates deliveries as staff do: in a browser, with endpoints that are dead, come back, and refuse. */
final class ConsoleBrowserTest {
    private static final String SUBSCRIPTION = "urn:ngsi-ld:Subscription:";
    private static final List<String> PATHS = List.of(
            "/console",
            "/console/deliveries",
            "/console/subscriptions",
            "/console/subscriptions/" + SUBSCRIPTION + "app",
            "/console/sources",
            "/console/dead-letters");

    private final List<String> complaints = new ArrayList<>();
    private TestCity city;
    private Chromium chromium;

    @BeforeEach
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0);
        city.fill();
        chromium = new Chromium();
    }

    @AfterEach
    void close() {
        chromium.close();
        city.close();
        assertThat(complaints).isEmpty();
    }

    private Page page(Browser.NewContextOptions options) {
        Page page = chromium.page(options.setBaseURL(city.address()));
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    private void change(int bikes) {
        city.putStation(4, bikes, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static Locator button(Page page, String name) {
        return page.locator("main button", new Page.LocatorOptions().setHasText(Pattern.compile("^" + name)));
    }

    @Test
    void anEndpointThatWasDeadComesBackAndGetsAllOnceMore() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ConsoleSubscriptions.create(city, SUBSCRIPTION + "app", "Kolesa", "http://localhost:" + port + "/bikes");
        change(1);
        change(2);
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Wait.until(() -> city.engine().listEndpoints().stream().anyMatch(state -> state.failed() > 0));
        page.navigate("/console");
        assertThat(page.locator("#attention-list")).containsText("Prejemnik ne sprejema povezav.");
        page.locator("#attention-list a").first().click();
        assertThat(page.locator("main .state").first()).containsText("ne sprejema, naslednji poskus");
        try (Receiver receiver = new Receiver(port)) {
            button(page, "Poskusi zdaj").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Prejemnik bo poskušen takoj.");
            Wait.until(() -> receiver.taken().size() == 2);
            page.locator("input[name=time]").fill("2020-01-01T08:00");
            button(page, "Pošlji še enkrat").first().click();
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("Sporočila od izbranega začetka naprej so znova na poti.");
            Wait.until(() -> receiver.taken().size() == 4);
            assertThat(receiver.taken().subList(2, 4).stream()
                            .map(ConsoleSubscriptions::id)
                            .toList())
                    .isEqualTo(receiver.taken().subList(0, 2).stream()
                            .map(ConsoleSubscriptions::id)
                            .toList());
            Wait.until(() -> city.engine().listEndpoints().getFirst().pending() == 0);
            page.navigate("/en/console/deliveries");
            assertThat(page.locator("main .state")).hasText("working");
            assertThat(page.locator(".counts dd").nth(2)).hasText("4");
        }
        page.context().close();
    }

    @Test
    void whatIsOnItsWayIsSeenWithoutReloading() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(Receiver.Answer.status(503));
            ConsoleSubscriptions.create(city, SUBSCRIPTION + "app", "Kolesa", receiver.url("/bikes"));
            Page page = page(new Browser.NewContextOptions());
            page.navigate("/console/deliveries");
            assertThat(page.locator("body[data-following]")).isAttached();
            assertThat(page.locator("#endpoints")).containsText("Prejemnikov še ni");
            change(1);
            assertThat(page.locator("#endpoints .state")).containsText("ne sprejema");
            String id = city.engine().listEndpoints().getFirst().id();
            receiver.answer(Receiver.Answer.status(200));
            city.engine().tryNow(id);
            assertThat(page.locator("#endpoints .state"))
                    .hasText("deluje", new LocatorAssertions.HasTextOptions().setTimeout(15_000));
            page.context().close();
        }
    }

    @Test
    void deadLettersAreReadSentAgainAndDiscarded() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(Receiver.Answer.status(410));
            ConsoleSubscriptions.create(city, SUBSCRIPTION + "app", "Kolesa", receiver.url("/bikes"));
            change(1);
            change(2);
            change(3);
            Wait.until(() -> city.engine().countDeadLetters() == 3);
            Page page = page(new Browser.NewContextOptions());
            page.navigate("/console/dead-letters");
            assertThat(page.locator(".ledger > li")).hasCount(3);
            page.locator("#letter-1 summary").click();
            assertThat(page.locator("#letter-1 pre")).containsText("\"availableBikeNumber\" : 1");
            receiver.answer(Receiver.Answer.status(200));
            button(page, "Pošlji znova").first().click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("1 sporočilo je znova na poti");
            Wait.until(() -> city.engine().countDeadLetters() == 2);
            page.reload();
            page.locator("#letter-2 .danger").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 sporočilo je zavrženo.");
            page.locator("select[name=endpoint]").selectOption(new String[] {
                city.engine().listEndpoints().getFirst().id()
            });
            button(page, "Pokaži").click();
            page.locator("main summary", new Page.LocatorOptions().setHasText("Zavrzi vsa"))
                    .click();
            button(page, "Res zavrzi").click();
            assertThat(page.locator("main")).containsText("1 sporočilo je zavrženo.");
            assertThat(city.engine().countDeadLetters()).isZero();
            page.context().close();
        }
    }

    @Test
    void aPageOfAnotherOriginOrdersNothing() throws Exception {
        try (Receiver receiver = new Receiver();
                Receiver evil = new Receiver()) {
            receiver.answer(Receiver.Answer.status(410));
            ConsoleSubscriptions.create(city, SUBSCRIPTION + "app", "Kolesa", receiver.url("/bikes"));
            change(1);
            Wait.until(() -> city.engine().countDeadLetters() == 1);
            String discard = city.address() + "/console/dead-letters/discard";
            evil.answer((exchange, _) -> {
                byte[] html = ("<!doctype html><form method=post action='" + discard + "'><button>x</button></form>")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, html.length);
                exchange.getResponseBody().write(html);
                return 0;
            });
            Page page = page(new Browser.NewContextOptions());
            page.navigate(evil.url("/"));
            page.locator("button").click();
            assertThat(page.locator("main")).containsText("Ukaz ni prišel s strani konzole");
            assertThat(URI.create(page.url()).getPath()).isEqualTo("/console/dead-letters/discard");
            assertThat(city.engine().countDeadLetters()).isEqualTo(1);
            page.context().close();
        }
    }

    @Test
    void axeFindsNothingSeriousAndNothingScrollsSideways() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer((_, body) -> body.contains("\"availableBikeNumber\":1") ? 410 : 503);
            ConsoleSubscriptions.create(city, SUBSCRIPTION + "app", "Kolesa", receiver.url("/bikes"));
            change(1);
            Wait.until(() -> city.engine().countDeadLetters() == 1);
            change(2);
            Wait.until(() -> city.engine().listEndpoints().getFirst().failed() > 0);
            List<String> paths = new ArrayList<>(PATHS);
            paths.add("/console/deliveries/"
                    + city.engine().listEndpoints().getFirst().id());
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(320, 1280)) {
                    Page page = page(new Browser.NewContextOptions()
                            .setColorScheme(scheme)
                            .setViewportSize(width, 900));
                    for (Language language : Language.values()) {
                        for (String path : paths) {
                            page.navigate(language.href(path));
                            String what = language.href(path) + " " + scheme + " " + width;
                            int overflow =
                                    (Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                            assertThat(overflow).as(what).isLessThanOrEqualTo(0);
                            assertThat(Chromium.violations(page, "'main'"))
                                    .as(what)
                                    .isEmpty();
                        }
                    }
                    page.context().close();
                }
            }
        }
    }
}
