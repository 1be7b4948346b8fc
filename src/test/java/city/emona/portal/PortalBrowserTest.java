package city.emona.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.governance.council.Letters;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the portal as people do: in a browser, on the pages of a whole small city. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortalBrowserTest {
    private static final List<String> PATHS = List.of(
            "/",
            "/v",
            "/v/bike-sharing",
            "/v/air-quality",
            "/e/" + TestCity.AIR + "E403",
            "/e/" + TestCity.BIKES + "1",
            "/council",
            "/council/2024-03-25-peter-marko-varnosti-na-prehodu-cez-smartinsko-cesto",
            "/alerts",
            "/status",
            "/help",
            "/help/api");

    private static final List<String> AXE_PATHS = PATHS.stream()
            .filter(path -> !path.equals("/v/bike-sharing") && !path.endsWith("E403"))
            .toList();

    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private TestCity city;
    private Chromium chromium;

    @BeforeAll
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0);
        city.fill();
        String letter = Letters.text("promet.md").replace("Datum: 5. 4. 2024\n", "");
        CouncilPagesTest.bringIn(city, letter.getBytes(StandardCharsets.UTF_8));
        chromium = new Chromium();
    }

    @AfterAll
    void close() {
        chromium.close();
        city.close();
    }

    @AfterEach
    void nothingWasComplainedOfAndNothingCameFromOutside() {
        assertThat(complaints).isEmpty();
        assertThat(foreign).isEmpty();
    }

    private Page page(Browser.NewContextOptions options) {
        Page page = chromium.page(options.setBaseURL(city.address()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            String url = request.url();
            if (!url.startsWith(city.address()) && !url.startsWith("data:") && !url.startsWith("blob:")) {
                foreign.add(url);
            }
        });
        return page;
    }

    private Page page() {
        return page(new Browser.NewContextOptions());
    }

    private Page pageWithoutLivingMap(Browser.NewContextOptions options) {
        Page page = page(options);
        Chromium.keepMapsDrawn(page);
        return page;
    }

    @Test
    void pagesAreCompleteWithoutScripts() {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate("/");
        assertThat(page.locator("h1")).hasText("Ljubljana zdaj");
        assertThat(page.locator("svg.map-drawn a")).hasCount(31);
        // one of each vertical
        assertThat(page.locator(".figures > li")).hasCount(9);
        assertThat(page.locator("#figure-bikes")).containsText("BicikeLJ, 28");
        page.locator("h3 a", new Page.LocatorOptions().setHasText("Izposoja koles"))
                .click();
        assertThat(page.locator("table.data tbody tr")).hasCount(28);
        page.locator("thead a", new Page.LocatorOptions().setHasText("Prosta kolesa"))
                .click();
        assertThat(page.locator("tbody tr").first()).containsText("Supernova Rudnik");
        assertThat(page.locator("th[aria-sort=descending]")).containsText("Prosta kolesa");
        page.locator("tbody th a", new Page.LocatorOptions().setHasText("Supernova Rudnik"))
                .click();
        assertThat(page.locator("h1")).hasText("Supernova Rudnik");
        assertThat(page.locator(".facts")).containsText("brez prostih mest");
        page.context().close();
    }

    @Test
    void aChangeReachesThePageByItself() {
        Page page = pageWithoutLivingMap(new Browser.NewContextOptions());
        page.navigate("/v/bike-sharing");
        assertThat(page.locator("#figure-empty .figure-value")).hasText("2");
        assertThat(page.locator("body[data-following]")).isAttached();
        city.putStation(1, 6, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        assertThat(page.locator("#figure-empty .figure-value")).hasText("1");
        assertThat(page.locator("#figure-empty .figure-value")).hasClass(Pattern.compile("changed"));
        assertThat(page.locator("tbody tr", new Page.LocatorOptions().setHasText("Breg")))
                .containsText("6");
        city.putStation(1, 0, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        assertThat(page.locator("#figure-empty .figure-value")).hasText("2");
        page.context().close();
    }

    @Test
    void theStateComesBackAfterTheConnectionWasLost() {
        Page page = pageWithoutLivingMap(new Browser.NewContextOptions());
        page.navigate("/?field=bike-sharing");
        assertThat(page.locator("[data-connection]")).hasText("osvežuje se v živo");
        page.context().setOffline(true);
        city.putStation(18, 5, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        assertThat(page.locator("[data-connection]")).containsText("povezava je prekinjena");
        complaints.removeIf(complaint -> complaint.contains("ERR_INTERNET_DISCONNECTED"));
        page.context().setOffline(false);
        assertThat(page.locator("#figure-empty .figure-value")).hasText("1", within(15));
        assertThat(page.locator("[data-connection]")).hasText("osvežuje se v živo", within(15));
        complaints.removeIf(complaint -> complaint.contains("ERR_INTERNET_DISCONNECTED"));
        city.putStation(18, 0, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        page.context().close();
    }

    private static LocatorAssertions.HasTextOptions within(int seconds) {
        return new LocatorAssertions.HasTextOptions().setTimeout(seconds * 1000.0);
    }

    @Test
    void theMapComesToLifeAndAPlaceOpensBesideIt() {
        Page page = page();
        page.navigate("/e/" + TestCity.AIR + "E403");
        Locator map = page.locator(".map.living");
        map.waitFor(new Locator.WaitForOptions().setTimeout(20_000));
        page.locator(".maplibregl-canvas").click();
        assertThat(page.locator(".sheet")).isVisible();
        assertThat(page.locator(".sheet h2")).hasText("LJ Bežigrad");
        assertThat(page).hasURL(Pattern.compile(".*[?]place=urn.*E403$"));
        page.keyboard().press("Escape");
        assertThat(page.locator(".sheet")).isHidden();
        assertThat(page).hasURL(Pattern.compile(".*E403$"));
        page.goBack();
        assertThat(page.locator(".sheet h2")).hasText("LJ Bežigrad");
        page.navigate("/v/air-quality#map=14.00/46.0655/14.5127");
        map.waitFor(new Locator.WaitForOptions().setTimeout(20_000));
        page.locator(".maplibregl-canvas").click();
        assertThat(page.locator(".sheet h2")).hasText("LJ Bežigrad");
        page.context().close();
    }

    @Test
    void anAddressWithAPlaceOpensIt() {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate("/en?place=" + TestCity.BIKES + "3");
        assertThat(page.locator(".sheet h2")).hasText("Trg OF");
        page.locator(".sheet-close").click();
        assertThat(page).hasURL(city.address() + "/en");
        page.context().close();
    }

    @Test
    void noPageScrollsSidewaysOnAPhone() {
        for (int width : List.of(320, 390)) {
            Page page = pageWithoutLivingMap(new Browser.NewContextOptions().setViewportSize(width, 800));
            for (String path : PATHS) {
                page.navigate(path);
                int overflow = (Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(overflow).as(path + " at " + width).isLessThanOrEqualTo(0);
            }
            page.context().close();
        }
    }

    @Test
    void changingTheLanguageKeepsThePage() {
        Page page = pageWithoutLivingMap(new Browser.NewContextOptions());
        page.navigate("/v/bike-sharing");
        page.locator(".language").click();
        assertThat(page).hasURL(city.address() + "/en/v/bike-sharing");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("h1")).hasText("Bike sharing");
        page.locator(".language").click();
        assertThat(page).hasURL(city.address() + "/v/bike-sharing");
        page.context().close();
    }

    @Test
    void darkIsDarkAndLightIsLight() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = pageWithoutLivingMap(new Browser.NewContextOptions().setColorScheme(scheme));
            page.navigate("/");
            String paper = (String) page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
            assertThat(paper).isEqualTo(scheme == ColorScheme.DARK ? "rgb(21, 25, 24)" : "rgb(251, 250, 246)");
            page.context().close();
        }
    }

    @Test
    void everythingIsInReachOfTheKeyboard() {
        Page page = pageWithoutLivingMap(new Browser.NewContextOptions());
        page.navigate("/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator(".home-choices a").first()).isFocused();
        page.locator(".home-choices a").last().focus();
        page.keyboard().press("Tab");
        assertThat(page.locator(".map-drawn a").first()).isFocused();
        page.locator(".skip").focus();
        for (String next : List.of(".wordmark", ".navigation li:nth-child(1) a", ".navigation li:nth-child(2) a")) {
            page.keyboard().press("Tab");
            assertThat(page.locator(next)).isFocused();
        }
        page.context().close();
    }

    @Test
    void axeFindsNothingSerious() throws Exception {
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = pageWithoutLivingMap(new Browser.NewContextOptions().setColorScheme(scheme));
            for (Language language : Language.values()) {
                for (String path : AXE_PATHS) {
                    page.navigate(language.href(path));
                    String where = language.href(path) + " " + scheme + ": ";
                    Chromium.violations(page, "document").forEach(one -> found.add(where + one));
                }
            }
            page.context().close();
        }
        assertThat(found).isEmpty();
    }
}
