package city.emona.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import city.emona.access.Access;
import city.emona.access.Policy;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How people come in with a real browser, which sends what it wants of where a form was. */
final class DoorBrowserTest {
    private static final String PASSWORD = "konj baterija sponka prav";

    @TempDir
    Path folder;

    private static void fill(Page page, Map<String, String> fields) {
        fields.forEach(
                (name, value) -> page.locator("main input[name=" + name + "]").fill(value));
        page.locator("main form button").first().click();
    }

    @Test
    void theFirstLinkLeadsInAndSoDoesThePasswordAfterwards() {
        try (TestCity city = new TestCity(folder, 0, Access.by(Policy.shipped()));
                Chromium chromium = new Chromium()) {
            String link = city.book().accounts().drawFirstLink().orElseThrow();
            Page page = chromium.page(new Browser.NewContextOptions().setBaseURL(city.address()));
            page.navigate("/welcome/" + link);
            fill(page, Map.of("login", "ana", "name", "Ana Novak", "password", PASSWORD, "again", PASSWORD));
            page.navigate("/console/access");
            assertThat(page.locator("main")).containsText("Ana Novak");
            page.context().clearCookies();
            page.navigate("/console/access");
            assertThat(page.locator("h1")).hasText("Prijava");
            fill(page, Map.of("login", "ana", "password", PASSWORD));
            assertThat(page).hasURL(city.address() + "/console/access");
            page.context().close();
        }
    }

    @Test
    void axeFindsNothingSeriousOnThePagesOfAccess() {
        List<String> found = new ArrayList<>();
        try (TestCity city = new TestCity(folder, 0, Access.by(Policy.shipped()));
                Chromium chromium = new Chromium()) {
            String link = city.book().accounts().drawFirstLink().orElseThrow();
            city.book().accounts().createFirst(link, "ana", "Ana Novak", PASSWORD);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = chromium.page(new Browser.NewContextOptions()
                        .setBaseURL(city.address())
                        .setColorScheme(scheme)
                        .setBypassCSP(true));
                page.navigate("/sign-in");
                found.addAll(Chromium.violations(page, "document"));
                fill(page, Map.of("login", "ana", "password", PASSWORD));
                for (String path : List.of("/account", "/console/access", "/en/console/access")) {
                    page.navigate(path);
                    found.addAll(Chromium.violations(page, "document"));
                }
                page.context().close();
            }
        }
        assertThat(found).isEmpty();
    }
}
