package city.emona.portal.console;

import city.emona.broker.delivery.Addresses;
import city.emona.broker.delivery.EndpointState;
import city.emona.broker.delivery.ReplayStart;
import city.emona.broker.subscription.Subscriptions;
import city.emona.context.TermTable;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.Texts;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import city.emona.vertical.Verticals;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All subscriptions: what each watches, where it tells it, and how that went. */
final class SubscriptionPages {
    private static final int ROWS = 50;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(authorization|cookie|token|secret|password|api-?key).*");

    private final ConsoleDesk desk;
    private final Subscriptions subscriptions;
    private final Supplier<Verticals> verticals;
    private final Supplier<TermTable> terms;
    private final DeliveryPages deliveries;

    /** @param terms the names of the city, by which subscriptions are shown */
    SubscriptionPages(
            ConsoleDesk desk,
            Subscriptions subscriptions,
            Supplier<Verticals> verticals,
            Supplier<TermTable> terms,
            DeliveryPages deliveries) {
        this.desk = desk;
        this.subscriptions = subscriptions;
        this.verticals = verticals;
        this.terms = terms;
        this.deliveries = deliveries;
    }

    Response list(Request request, Language language) {
        Texts texts = Texts.of(language);
        Tenant tenant = tenant(request);
        boolean onlyFailing =
                request.query().find("show").filter("failing"::equals).isPresent();
        int shown = request.query()
                .find("page")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(1);
        int offset = (Math.max(1, shown) - 1) * ROWS;
        TermTable names = terms.get();
        Set<String> known = endpoints();
        Subscriptions.Page found = onlyFailing
                ? subscriptions.listFailing(tenant, names, ROWS, offset)
                : subscriptions.list(tenant, names, ROWS, offset);
        List<SubscriptionView> views = found.subscriptions().stream()
                .map(one -> view(tenant, one, names, known, language))
                .toList();
        String path = ConsoleDesk.SUBSCRIPTIONS + query(tenant, onlyFailing);
        String pages = language.href(path) + (path.contains("?") ? "&" : "?") + "page=";
        return desk.page(
                request,
                language,
                path,
                texts.text("console.subscriptions"),
                "subscriptions",
                Map.of(
                        "subscriptions",
                        views,
                        "count",
                        Format.of(language).count(found.total(), "console.subscriptions.count"),
                        "onlyFailing",
                        onlyFailing,
                        "tenants",
                        tenants(tenant, language),
                        "tenant",
                        title(tenant, language),
                        "previous",
                        shown > 1
                                ? Optional.of(new Link(pages + (shown - 1), texts.text("table.previous", ROWS)))
                                : Optional.empty(),
                        "next",
                        found.more()
                                ? Optional.of(new Link(pages + (shown + 1), texts.text("table.next", ROWS)))
                                : Optional.empty()));
    }

    private static Tenant tenant(Request request) {
        return new Tenant(
                request.query().find("tenant").orElse(""),
                request.query().find("snapshot").orElse(""));
    }

    private static String query(Tenant tenant, boolean onlyFailing) {
        List<String> parts = new ArrayList<>();
        if (!tenant.isDefault()) {
            parts.add("tenant=" + ConsoleDesk.encoded(tenant.name()));
        }
        if (tenant.isSnapshot()) {
            parts.add("snapshot=" + ConsoleDesk.encoded(tenant.snapshot()));
        }
        if (onlyFailing) {
            parts.add("show=failing");
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private List<Link> tenants(Tenant shown, Language language) {
        return subscriptions.listTenants().stream()
                .filter(tenant -> !tenant.equals(shown))
                .map(tenant -> new Link(
                        language.href(ConsoleDesk.SUBSCRIPTIONS + query(tenant, false)), title(tenant, language)))
                .toList();
    }

    private static String title(Tenant tenant, Language language) {
        String name = tenant.isDefault() ? Texts.of(language).text("console.tenant.main") : tenant.name();
        return tenant.isSnapshot() ? name + ", " + tenant.snapshot() : name;
    }

    private Set<String> endpoints() {
        return desk.engine().listEndpoints().stream().map(EndpointState::id).collect(Collectors.toSet());
    }

    static String path(Tenant tenant, String id) {
        return ConsoleDesk.SUBSCRIPTIONS + "/" + ConsoleDesk.encoded(id) + query(tenant, false);
    }

    private SubscriptionView view(
            Tenant tenant, ObjectNode subscription, TermTable names, Set<String> known, Language language) {
        Texts texts = Texts.of(language);
        String id = subscription.path("id").asString("");
        JsonNode notification = subscription.path("notification");
        String address = notification.path("endpoint").path("uri").asString("");
        String endpoint = desk.engine().endpointId(address);
        String shown = Addresses.masked(address);
        String status = subscription.path("status").asString("");
        boolean isFailing = notification.path("status").asString("").equals("failed");
        return new SubscriptionView(
                id,
                new Link(
                        language.href(path(tenant, id)),
                        subscription.path("subscriptionName").asString(id)),
                new SubscriptionWords(verticals.get(), names, language).of(subscription),
                shown,
                known.contains(endpoint)
                        ? Optional.of(new Link(language.href(ConsoleDesk.endpointPath(endpoint)), shown))
                        : Optional.empty(),
                isFailing ? "act" : status.equals("active") ? "good" : "none",
                texts.text("console.status." + status) + (isFailing ? texts.text("console.status.failing") : ""),
                Format.of(language).number(notification.path("timesSent").asLong(0)),
                moment(notification, "lastNotification", language),
                moment(notification, "lastFailure", language),
                expiry(subscription, language));
    }

    private String expiry(ObjectNode subscription, Language language) {
        OptionalLong at = Timestamps.parse(subscription.path("expiresAt").asString(""));
        return at.isEmpty()
                ? Texts.of(language).text("console.never")
                : desk.time(language).dateTime(Instant.ofEpochMilli(at.getAsLong()));
    }

    private String moment(JsonNode json, String member, Language language) {
        return desk.moment(Timestamps.parse(json.path(member).asString("")).orElse(0), language);
    }

    Response show(Request request, Language language) {
        Tenant tenant = tenant(request);
        TermTable names = terms.get();
        ObjectNode subscription = subscriptions.retrieve(tenant, request.parameter("id"), names);
        SubscriptionView view = view(tenant, subscription, names, endpoints(), language);
        String path = path(tenant, view.id());
        return desk.page(
                request,
                language,
                path,
                view.link().text(),
                "subscription",
                Map.of(
                        "subscription",
                        view,
                        "tenant",
                        title(tenant, language),
                        "json",
                        Json.prettyText(withoutSecrets(subscription)),
                        "action",
                        language.href(ConsoleDesk.SUBSCRIPTIONS + "/" + ConsoleDesk.encoded(view.id()) + "/replay"
                                + query(tenant, false)),
                        "from",
                        LocalDateTime.ofInstant(
                                        desk.clock().instant(),
                                        desk.time(language).zone())
                                .minusHours(1)
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString()));
    }

    /** The subscription as it is, without what lets others in at the receiver: screens are looked at by more than one. */
    private static ObjectNode withoutSecrets(ObjectNode subscription) {
        ObjectNode shown = subscription.deepCopy();
        if (shown.path("notification").path("endpoint") instanceof ObjectNode endpoint) {
            endpoint.put("uri", Addresses.masked(endpoint.path("uri").asString("")));
            for (String list : List.of("receiverInfo", "notifierInfo")) {
                endpoint.path(list).forEach(info -> {
                    boolean isSecret =
                            SECRET.matcher(info.path("key").asString("")).matches();
                    if (isSecret && info instanceof ObjectNode pair) {
                        pair.put("value", "***");
                    }
                });
            }
        }
        return shown;
    }

    Response replay(Request request, Language language) {
        Tenant tenant = tenant(request);
        String id = request.parameter("id");
        // says when there is none
        subscriptions.retrieve(tenant, id, terms.get());
        String page = language.href(path(tenant, id));
        Optional<ReplayStart> start = deliveries.start(ConsoleForm.of(request), language);
        if (start.isEmpty()) {
            return Result.WRONG_START.at(page);
        }
        return desk.engine().replaySubscription(tenant, id, start.get())
                ? Result.REPLAYED.at(page)
                : Result.NOTHING_TO_REPLAY.at(page);
    }
}
