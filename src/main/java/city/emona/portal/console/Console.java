package city.emona.portal.console;

import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.subscription.Subscriptions;
import city.emona.context.TermTable;
import city.emona.http.Router;
import city.emona.portal.Language;
import city.emona.portal.Portal;
import city.emona.portal.Portal.PageHandler;
import city.emona.portal.SourceBook;
import city.emona.store.backup.BackupState;
import city.emona.vertical.life.LifeCycle;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The console's pages, and the forms that they send. */
public final class Console {
    private final ConsoleGuard guard;
    private final Portal portal;
    private final OverviewPage overview;
    private final DeliveryPages deliveries;
    private final SubscriptionPages subscriptions;
    private final SwitchPages switches;
    private final LetterPages letters;
    private final LifePages verticals;
    private final OrderPages orders;
    private final FilePages files;

    /**
     * @param host the name under which the server listens
     * @param life the life of the verticals
     * @param backups how they stand
     * @param terms the names of the city, by which subscriptions are shown
     */
    public Console(
            Portal portal,
            String host,
            DeliveryEngine engine,
            Subscriptions subscriptions,
            SourceBook sources,
            LifeCycle life,
            Supplier<BackupState> backups,
            Supplier<TermTable> terms,
            InstantSource clock) {
        ConsoleDesk desk = new ConsoleDesk(portal, engine, clock);
        this.guard = new ConsoleGuard(host);
        this.portal = portal;
        this.orders = new OrderPages(desk, life);
        this.verticals = new LifePages(desk, life, orders);
        this.files = new FilePages(desk, life);
        this.overview = new OverviewPage(desk, subscriptions, sources, verticals, backups);
        this.deliveries = new DeliveryPages(desk);
        this.subscriptions = new SubscriptionPages(desk, subscriptions, life::current, terms, deliveries);
        this.switches = new SwitchPages(desk, sources);
        this.letters = new LetterPages(desk);
    }

    /** Adds everything under {@code /console}. */
    public void addTo(Router router) {
        page(router, ConsoleDesk.ROOT, overview::show);
        page(router, ConsoleDesk.DELIVERIES, deliveries::list);
        page(router, ConsoleDesk.DELIVERIES + "/{id}", deliveries::show);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/try", deliveries::tryNow);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/hold", deliveries::hold);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/resume", deliveries::resume);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/replay", deliveries::replay);
        page(router, ConsoleDesk.SUBSCRIPTIONS, subscriptions::list);
        page(router, ConsoleDesk.SUBSCRIPTIONS + "/{id}", subscriptions::show);
        order(router, ConsoleDesk.SUBSCRIPTIONS + "/{id}/replay", subscriptions::replay);
        page(router, ConsoleDesk.SOURCES, switches::list);
        order(router, ConsoleDesk.SOURCES + "/{vertical}/{source}/on", switches::on);
        order(router, ConsoleDesk.SOURCES + "/{vertical}/{source}/off", switches::off);
        page(router, ConsoleDesk.LETTERS, letters::list);
        order(router, ConsoleDesk.LETTERS + "/resend", letters::resendAll);
        order(router, ConsoleDesk.LETTERS + "/discard", letters::discardAll);
        order(router, ConsoleDesk.LETTERS + "/{number}/resend", letters::resend);
        order(router, ConsoleDesk.LETTERS + "/{number}/discard", letters::discard);
        addVerticals(router);
    }

    private void addVerticals(Router router) {
        String one = ConsoleDesk.VERTICALS + "/{id}";
        page(router, ConsoleDesk.VERTICALS, verticals::list);
        page(router, one, verticals::show);
        page(router, one + "/exports/{name}", verticals::export);
        order(router, one + "/rollback", verticals::rollback);
        order(router, one + "/remove", verticals::remove);
        order(router, one + "/again", verticals::again);
        order(router, one + "/resume", verticals::resume);
        page(router, one + "/file", files::choose);
        page(router, one + "/files/{path*}", files::show);
        order(router, one + "/files/{path*}", files::change);
        order(router, ConsoleDesk.ORDERS, orders::upload);
        page(router, ConsoleDesk.ORDERS + "/{token}", orders::show);
        order(router, ConsoleDesk.ORDERS + "/{token}", orders::order);
    }

    private void page(Router router, String path, PageHandler handler) {
        portal.addPage(router, path, (request, language) -> {
            guard.requireHere(request, language);
            return handler.handle(request, language);
        });
    }

    /** Something that changes things: a form is sent to it, and the browser goes on to a page that says what became of it. */
    private void order(Router router, String path, PageHandler handler) {
        for (Language language : Language.values()) {
            router.post(language.href(path), request -> {
                guard.requireOwnPage(request, language);
                return handler.handle(request, language);
            });
        }
    }
}
