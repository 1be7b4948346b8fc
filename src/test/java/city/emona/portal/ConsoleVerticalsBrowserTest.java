package city.emona.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.life.SamplePackage;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installs, changes and removes a vertical as staff do: in a browser, with scripts and without. */
final class ConsoleVerticalsBrowserTest {
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

    private static SamplePackage asking() {
        return new SamplePackage().edit("vertical.yaml", "sources:\n", """
                questions:
                  - {id: district, kind: text, title: {sl: Četrt, en: District}}
                  - {id: limit, kind: number, title: {sl: Meja, en: Limit}, most: 9, default: 2}
                  - {id: key, kind: secret, title: {sl: Ključ, en: Key}, required: false}
                sources:
                """);
    }

    private static void press(Page page, String name) {
        page.locator("main button", new Page.LocatorOptions().setHasText(Pattern.compile("^" + name)))
                .first()
                .click();
    }

    private static void upload(Page page, SamplePackage sample) {
        page.navigate("/console/verticals");
        page.locator("input[type=file]").setInputFiles(new FilePayload("pitniki.zip", "application/zip", sample.zip()));
        press(page, "Preveri paket");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVerticalIsInstalledChangedAndRemoved(boolean scripts) throws InterruptedException {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(scripts));
        upload(page, asking());
        assertThat(page.locator("h1")).hasText("Namestitev: Pitniki 1.0.0");
        page.getByLabel("Meja").fill("12");
        press(page, "Pokaži načrt");
        assertThat(page.locator(".field-error")).hasCount(2);
        page.getByLabel("Četrt").fill("Center");
        page.getByLabel("Meja").fill("3.5");
        page.getByLabel("Ključ").fill("skrivnost");
        press(page, "Pokaži načrt");
        assertThat(page.getByLabel("Ključ")).hasValue("");
        press(page, "Namesti");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Vertikala je nameščena.");

        page.locator("a", new Page.LocatorOptions().setHasText("mappings/list.jsonata"))
                .click();
        String text = page.locator("textarea").inputValue();
        page.locator("textarea").fill(text + "}");
        press(page, "Preveri in shrani");
        assertThat(page.locator(".findings")).containsText("Izraz ni veljavna JSONata");
        page.locator("textarea").fill(text.replace("{\"value\": flow}", "{\"value\": 2 * flow}"));
        press(page, "Preveri in shrani");
        assertThat(page.locator(".diff-added")).containsText("2 * flow");

        page.navigate("/console/verticals/fountains");
        press(page, "Odstrani");
        page.getByLabel("se izbrišejo, z zgodovino vred").check();
        press(page, "Odstrani");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("To je novi načrt.");
        press(page, "Odstrani");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Vertikala je odstranjena.");
        city.life().awaitRuns();
        assertThat(city.life().current().find("fountains")).isEmpty();
        page.context().close();
    }

    @Test
    void axeFindsNothingSeriousAndNothingScrollsSideways() {
        Page first = page(new Browser.NewContextOptions());
        upload(first, asking());
        press(first, "Pokaži načrt");
        assertThat(first.locator(".field-error")).hasCount(1);
        String order = URI.create(first.url()).getPath();
        upload(first, new SamplePackage().edit("vertical.yaml", "every: 1h", "every: often"));
        String refused = URI.create(first.url()).getPath();
        upload(first, new SamplePackage());
        press(first, "Namesti");
        first.navigate("/console/verticals/fountains/files/data/fountains.json");
        first.locator("textarea").fill("[]");
        press(first, "Preveri in shrani");
        first.context().close();
        List<String> paths = List.of(
                "/console/verticals",
                "/console/verticals/fountains",
                "/console/verticals/fountains/files/data/fountains.json",
                order,
                refused);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(320, 1280)) {
                Page page = page(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
                for (Language language : Language.values()) {
                    for (String path : paths) {
                        page.navigate(language.href(path));
                        String what = language.href(path) + " " + scheme + " " + width;
                        int overflow =
                                (Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                        assertThat(overflow).as(what).isLessThanOrEqualTo(0);
                        assertThat(Chromium.violations(page, "'main'")).as(what).isEmpty();
                    }
                }
                page.context().close();
            }
        }
    }
}
