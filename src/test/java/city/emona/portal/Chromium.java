package city.emona.portal;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A browser for tests, and what axe says of its pages. */
final class Chromium implements AutoCloseable {
    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");
    private static final Path AXE = Path.of("web/node_modules/axe-core/axe.min.js");

    private final Playwright playwright = Playwright.create();
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(EXECUTABLE)
                    .setArgs(List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--use-gl=angle",
                            "--use-angle=swiftshader",
                            "--enable-unsafe-swiftshader")));

    /** A page in a profile of its own. */
    Page page(Browser.NewContextOptions options) {
        return browser.newContext(options).newPage();
    }

    /** Leaves the maps of a page as the server drew them. */
    static void keepMapsDrawn(Page page) {
        page.route(
                Pattern.compile(".*/assets/map[.][A-Z0-9]+[.]js"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("export const bringToLife = async () => ({ refresh() {} });")));
    }

    /**
     * What axe finds on a page that is serious or critical.
     *
     * @param part the JavaScript expression of what is looked at, such as {@code document} or {@code 'main'}
     */
    static List<String> violations(Page page, String part) {
        try {
            page.evaluate(Files.readString(AXE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object found =
                page.evaluate("async () => (await axe.run(" + part + ", {resultTypes: ['violations']})).violations"
                        + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                        + ".map(v => v.id + ' ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
