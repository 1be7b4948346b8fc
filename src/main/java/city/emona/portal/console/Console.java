package city.emona.portal.console;

import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.subscription.Subscriptions;
import city.emona.context.TermTable;
import city.emona.http.Router;
import city.emona.http.operation.Right;
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
    private final AccessPages access;
    private final AccessOrders accessOrders;
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
        this.access = new AccessPages(desk, life::current);
        this.accessOrders = new AccessOrders(desk);
    }

    /** Adds everything under {@code /console}. */
    public void addTo(Router router) {
        page(router, ConsoleDesk.ROOT, Right.DELIVERIES_READ, overview::show);
        page(router, ConsoleDesk.DELIVERIES, Right.DELIVERIES_READ, deliveries::list);
        page(router, ConsoleDesk.DELIVERIES + "/{id}", Right.DELIVERIES_READ, deliveries::show);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/try", Right.DELIVERIES_OPERATE, deliveries::tryNow);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/hold", Right.DELIVERIES_OPERATE, deliveries::hold);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/resume", Right.DELIVERIES_OPERATE, deliveries::resume);
        order(router, ConsoleDesk.DELIVERIES + "/{id}/replay", Right.DELIVERIES_OPERATE, deliveries::replay);
        page(router, ConsoleDesk.SUBSCRIPTIONS, Right.DELIVERIES_READ, subscriptions::list);
        page(router, ConsoleDesk.SUBSCRIPTIONS + "/{id}", Right.DELIVERIES_READ, subscriptions::show);
        order(router, ConsoleDesk.SUBSCRIPTIONS + "/{id}/replay", Right.DELIVERIES_OPERATE, subscriptions::replay);
        page(router, ConsoleDesk.SOURCES, Right.SOURCES_SWITCH, switches::list);
        order(router, ConsoleDesk.SOURCES + "/{vertical}/{source}/on", Right.SOURCES_SWITCH, switches::on);
        order(router, ConsoleDesk.SOURCES + "/{vertical}/{source}/off", Right.SOURCES_SWITCH, switches::off);
        page(router, ConsoleDesk.LETTERS, Right.DELIVERIES_READ, letters::list);
        order(router, ConsoleDesk.LETTERS + "/resend", Right.DELIVERIES_OPERATE, letters::resendAll);
        order(router, ConsoleDesk.LETTERS + "/discard", Right.DELIVERIES_OPERATE, letters::discardAll);
        order(router, ConsoleDesk.LETTERS + "/{number}/resend", Right.DELIVERIES_OPERATE, letters::resend);
        order(router, ConsoleDesk.LETTERS + "/{number}/discard", Right.DELIVERIES_OPERATE, letters::discard);
        addVerticals(router);
        if (!portal.doors().access().isOff()) {
            addAccess(router);
        }
    }

    private void addVerticals(Router router) {
        String one = ConsoleDesk.VERTICALS + "/{id}";
        page(router, ConsoleDesk.VERTICALS, Right.VERTICALS_READ, verticals::list);
        page(router, one, Right.VERTICALS_READ, verticals::show);
        page(router, one + "/exports/{name}", Right.VERTICALS_MANAGE, verticals::export);
        order(router, one + "/rollback", Right.VERTICALS_MANAGE, verticals::rollback);
        order(router, one + "/remove", Right.VERTICALS_MANAGE, verticals::remove);
        order(router, one + "/again", Right.VERTICALS_MANAGE, verticals::again);
        order(router, one + "/resume", Right.VERTICALS_MANAGE, verticals::resume);
        page(router, one + "/file", Right.VERTICALS_READ, files::choose);
        page(router, one + "/files/{path*}", Right.VERTICALS_READ, files::show);
        order(router, one + "/files/{path*}", Right.VERTICALS_MANAGE, files::change);
        order(router, ConsoleDesk.ORDERS, Right.VERTICALS_MANAGE, orders::upload);
        page(router, ConsoleDesk.ORDERS + "/{token}", Right.VERTICALS_MANAGE, orders::show);
        order(router, ConsoleDesk.ORDERS + "/{token}", Right.VERTICALS_MANAGE, orders::order);
    }

    private void addAccess(Router router) {
        String account = AccessPages.PATH + "/accounts/{id}";
        String keys = AccessPages.PATH + "/keys";
        page(router, AccessPages.PATH, Right.ACCESS_MANAGE, access::show);
        order(router, AccessPages.PATH + "/invite", Right.ACCESS_MANAGE, accessOrders::invite);
        order(router, account + "/link", Right.ACCESS_MANAGE, accessOrders::drawLink);
        order(router, account + "/grant", Right.ACCESS_MANAGE, accessOrders::grant);
        order(router, account + "/take-away", Right.ACCESS_MANAGE, accessOrders::takeAway);
        order(router, account + "/deactivate", Right.ACCESS_MANAGE, accessOrders::deactivate);
        order(router, account + "/activate", Right.ACCESS_MANAGE, accessOrders::activate);
        order(router, account + "/remove-factor", Right.ACCESS_MANAGE, accessOrders::removeFactor);
        order(router, keys, Right.ACCESS_MANAGE, accessOrders::createKey);
        order(router, keys + "/{id}/revoke", Right.ACCESS_MANAGE, accessOrders::revokeKey);
    }

    private void page(Router router, String path, Right right, PageHandler handler) {
        portal.addPage(router, path, (request, language) -> {
            guard.require(request, language, right);
            return handler.handle(request, language);
        });
    }

    /** Something that changes things: a form is sent to it, and the browser goes on to a page that says what became of it. */
    private void order(Router router, String path, Right right, PageHandler handler) {
        boolean isOfVertical = path.contains("{vertical}");
        for (Language language : Language.values()) {
            router.post(
                    language.href(path),
                    portal.doors()
                            .form(right, request -> isOfVertical ? request.parameter("vertical") : "", request -> {
                                guard.requireOwnPage(request, language);
                                return handler.handle(request, language);
                            }));
        }
    }
}
