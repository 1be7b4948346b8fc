package city.emona.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reads the history of entities as people do: in a browser, on a phone and on a desk, with and without scripts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoryBrowserTest {
    private static final String BEZIGRAD = "/e/" + TestCity.AIR + "E403";
    private static final String STATION = "/e/" + TestCity.BIKES + "0";

    private static final List<String> PATHS = List.of(
            BEZIGRAD + "?attribute=pm10&compare=" + TestCity.AIR + "E405",
            BEZIGRAD + "?attribute=airQualityIndex&compare=pm10&range=30d",
            STATION + "?attribute=status",
            STATION + "?attribute=dataProvider",
            STATION + "?from=2020-01-01&to=2020-01-02");

    private final List<String> complaints = new ArrayList<>();
    private TestCity city;
    private Chromium chromium;

    @BeforeAll
    void open(@TempDir Path folder) {
        city = new TestCity(folder, 0);
        city.fill();
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        double[] values = IntStream.range(0, 600).mapToDouble(i -> 20 + i % 24).toArray();
        for (String id : List.of(TestCity.AIR + "E403", TestCity.AIR + "E405")) {
            city.remember(id, "AirQualityObserved", "pm10", Duration.ofHours(1), hour.minusSeconds(3_600), values);
        }
        for (int bikes : List.of(0, 4, 20, 7)) {
            city.putStation(0, bikes, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        }
        chromium = new Chromium();
    }

    @AfterAll
    void close() {
        chromium.close();
        city.close();
        assertThat(complaints).isEmpty();
    }

    /** A page whose map stays as the server drew it. */
    private Page page(Browser.NewContextOptions options) {
        Page page = chromium.page(options.setBaseURL(city.address()));
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        Chromium.keepMapsDrawn(page);
        return page;
    }

    @Test
    void everythingIsThereWithoutScripts() {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(BEZIGRAD);
        page.locator("select[name=attribute]").selectOption("pm10");
        page.locator("select[name=compare]").selectOption(TestCity.AIR + "E405");
        page.locator(".sentence button").click();
        assertThat(page.locator(".line")).hasCount(2);
        assertThat(page.locator("#history-table thead th")).hasCount(3);
        page.locator(".ranges a", new Page.LocatorOptions().setHasText("30 dni"))
                .click();
        assertThat(page.locator(".line")).hasCount(2);
        assertThat(page.locator("#history")).containsText("povprečja po 6 ur");
        page.locator("input[name=from]").fill("2020-01-01");
        page.locator("input[name=to]").fill("2020-01-02");
        page.locator(".sentence button").click();
        assertThat(page.locator("#history")).containsText("V tem obdobju ni nobene vrednosti.");
        assertThat(page.locator("input[name=from]")).hasValue("2020-01-01");
        page.context().close();
    }

    @Test
    void theKeyboardReadsValues() {
        Page page = page(new Browser.NewContextOptions());
        page.navigate(BEZIGRAD + "?attribute=pm10");
        Locator rows = page.locator("#history-table tbody tr");
        page.locator("[data-chart]").focus();
        page.keyboard().press("End");
        assertThat(page.locator(".reading")).hasText(Pattern.compile(".*: 21\u00a0µg/m³$"));
        page.keyboard().press("ArrowLeft");
        assertThat(rows.nth(1)).hasAttribute("aria-current", "true");
        assertThat(page.locator(".cursor").first()).hasAttribute("x1", Pattern.compile("\\d.*%"));
        page.context().close();
    }

    @Test
    void thePointerReadsTheNearestValue() {
        Page page =
                page(new Browser.NewContextOptions().setViewportSize(390, 800).setHasTouch(true));
        page.navigate(BEZIGRAD + "?attribute=pm10");
        page.locator(".panel").first().tap();
        assertThat(page.locator(".reading")).hasText(Pattern.compile(".* ob\u00a0.*µg/m³$"));
        page.context().close();
    }

    @Test
    void aChangeReachesTheHistoryByItself() {
        Page page = page(new Browser.NewContextOptions());
        page.navigate("/e/" + TestCity.BIKES + "3?attribute=availableBikeNumber");
        assertThat(page.locator("body[data-following]")).isAttached();
        assertThat(page.locator("#history-table tbody tr")).hasCount(1);
        city.putStation(3, 9, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        assertThat(page.locator("#history-table tbody tr")).hasCount(2);
        page.context().close();
    }

    @Test
    void nothingScrollsSidewaysOnAPhone() {
        for (int width : List.of(320, 390)) {
            Page page = page(new Browser.NewContextOptions().setViewportSize(width, 800));
            for (Language language : Language.values()) {
                for (String path : PATHS) {
                    page.navigate(language.href(path));
                    int overflow = (Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                    assertThat(overflow).as(path + " at " + width).isLessThanOrEqualTo(0);
                }
            }
            page.context().close();
        }
    }

    @Test
    void thePrintedPageHasTheChartAndTheWholeTable() {
        Page page = page(new Browser.NewContextOptions());
        page.navigate(BEZIGRAD + "?attribute=pm10");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".sentence")).isHidden();
        assertThat(page.locator("figure.chart")).isVisible();
        assertThat((Boolean) page.locator(".history-table").evaluate("e => e.scrollHeight <= e.clientHeight + 1"))
                .isTrue();
        page.context().close();
    }

    @Test
    void axeFindsNothingSerious() throws Exception {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(390, 1280)) {
                Page page = page(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
                for (Language language : Language.values()) {
                    for (String path : PATHS) {
                        page.navigate(language.href(path));
                        assertThat(Chromium.violations(page, "'#history'"))
                                .as(language.href(path) + " " + scheme + " " + width)
                                .isEmpty();
                    }
                }
                page.context().close();
            }
        }
    }
}
