package city.emona.portal;

import city.emona.access.Doorkeeper;
import city.emona.broker.Broker;
import city.emona.broker.live.LiveHub;
import city.emona.governance.council.CouncilRegister;
import city.emona.http.Handler;
import city.emona.http.ProblemRenderer;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.Router;
import city.emona.http.operation.Operations;
import city.emona.http.operation.Right;
import city.emona.portal.Site.NavigationItem;
import city.emona.store.Tenant;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.provenance.Origins;
import city.emona.vertical.quality.QualityMeter;
import city.emona.vertical.rule.Alerts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The public face of the city: all pages in both languages, and the front end's files. */
public final class Portal {
    /** The page that describes the API to people, in Slovene. */
    public static final String API_PATH = ApiPages.PATH;

    private static final String A_DAY = "public, max-age=86400";

    /** How many verticals the navigation names and the home page's map tells in full; more would crowd out the rest. */
    static final int VERTICALS_AT_ONCE = 4;

    private final Desk desk;
    private final SourcePages sourcePages;
    private final CouncilRegister council;
    private final Alerts alerts;
    private final IndicatorBook indicators;
    private final Origins origins;
    private final LiveHub live;
    private final Doorkeeper doors;

    /** Answers a request for a page in a language. */
    @FunctionalInterface
    public interface PageHandler {
        Response handle(Request request, Language language);
    }

    public Portal(
            Site site,
            Broker broker,
            LiveHub live,
            Supplier<Verticals> verticals,
            SourceBook sources,
            IndicatorBook indicators,
            Origins origins,
            Doorkeeper doors,
            Clock clock) {
        this.desk = new Desk(site, verticals, new CityEntities(broker), BaseMap.ofLjubljana(), clock);
        this.council = new CouncilRegister(broker, Tenant.DEFAULT);
        this.alerts = new Alerts(broker);
        this.sourcePages = new SourcePages(desk, sources, new QualityViews(desk, new QualityMeter(broker)));
        this.indicators = indicators;
        this.origins = origins;
        this.live = live;
        this.doors = doors;
    }

    /**
     * The words of the navigation: the verticals, or where these are many the page that lists them, further sections of the city, the council, and the state of the sources.
     *
     * @param sections what stands between the verticals and the sources
     */
    public static List<NavigationItem> navigation(Verticals verticals, List<NavigationItem> sections) {
        List<NavigationItem> items = new ArrayList<>();
        if (verticals.list().size() > VERTICALS_AT_ONCE) {
            items.add(item(FieldPages.PATH, "fields.navigation"));
        } else {
            verticals
                    .list()
                    .forEach(vertical -> items.add(new NavigationItem(VerticalPages.path(vertical), vertical.title())));
        }
        items.addAll(sections);
        items.add(item(CouncilPages.PATH, "council.navigation"));
        items.add(item(AlertPages.PATH, "alerts.navigation"));
        items.add(item("/status", "status.navigation"));
        return items;
    }

    private static NavigationItem item(String path, String key) {
        return new NavigationItem(
                path,
                new LocalizedText(
                        Texts.of(Language.SLOVENE).text(key),
                        Texts.of(Language.ENGLISH).text(key)));
    }

    /** Adds every page of the portal. */
    public void addTo(Operations operations) {
        Router router = operations.router();
        Places places = new Places(desk);
        AlertPages alertPages = new AlertPages(desk, alerts);
        IndicatorViews indicatorViews = new IndicatorViews(desk, indicators);
        VerticalPages verticalPages = new VerticalPages(desk, places, sourcePages, alertPages, indicatorViews);
        FieldPages fieldPages = new FieldPages(desk, alertPages);
        addPage(router, "/", new HomePages(desk, places, alertPages, fieldPages)::home);
        // people write it so
        router.get(Language.ENGLISH.href("/") + "/", _ -> Response.seeOther(Language.ENGLISH.href("/")));
        addPage(router, FieldPages.PATH, fieldPages::list);
        addPage(router, "/v/{id}", verticalPages::vertical);
        addPage(router, "/v/{id}/{file}", verticalPages::file);
        addPage(router, "/e/{id}", new EntityPages(desk, places, alertPages, new OriginViews(desk, origins))::entity);
        new HistoryFiles(desk).operations().forEach(operations::add);
        CouncilPages councilPages = new CouncilPages(desk, council);
        addPage(router, CouncilPages.PATH, councilPages::list);
        addPage(router, CouncilPages.PATH + "/{id}", councilPages::story);
        addPage(router, AlertPages.PATH, alertPages::list);
        form(router, AlertPages.FORM, Right.ALERTS_ACKNOWLEDGE, alertPages::acknowledge);
        form(router, IndicatorViews.FORM, Right.INDICATORS_ENTER, indicatorViews::enter);
        addPage(router, "/status", sourcePages::status);
        addPage(router, "/help", new HelpPages(desk)::help);
        addPage(router, API_PATH, new ApiPages(desk, operations)::api);
        router.get(Assets.PATH + "{file}", new AssetFiles()::file);
        router.getFast("/map/base.geojson", request -> baseMap());
    }

    /** Adds a page at a path in Slovene, and behind {@code /en} in English. */
    public void addPage(Router router, String path, PageHandler handler) {
        for (Language language : Language.values()) {
            router.get(
                    language.href(path),
                    doors.page(request -> Desk.showing(live.position(), () -> handler.handle(request, language))));
        }
    }

    /** A form about an entity of the platform, whose id names its vertical. */
    private void form(Router router, String path, Right right, Handler handler) {
        router.post(
                path + "{id}",
                doors.form(right, request -> PlatformTerms.verticalOf(request.parameter("id")), handler));
    }

    /** Who is let in. */
    public Doorkeeper doors() {
        return doors;
    }

    /**
     * The frame of a page of another section, which looks again whenever something in the city changes.
     *
     * @param path without the language
     * @param title of the page itself
     */
    public Page page(Language language, String path, String title, String description) {
        return desk.page(language, path, title, description, Follows.EVERYTHING);
    }

    /** How every source is, as pages show it. */
    public List<SourceView> sources(Language language) {
        return sourcePages.all(language);
    }

    /** How moments are told on the pages. */
    public CityTime time(Language language) {
        return desk.time(language);
    }

    private Response baseMap() {
        return Response.of(200, "application/geo+json", desk.base().geoJson()).with("Cache-Control", A_DAY);
    }

    /** Shows problems to people as pages; programs get what the other renderer makes. */
    public ProblemRenderer problemPages(ProblemRenderer forPrograms) {
        return new ProblemPages(desk, forPrograms);
    }
}
