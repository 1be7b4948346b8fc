package city.emona.portal.console;

import city.emona.broker.delivery.EndpointState;
import city.emona.broker.subscription.Subscriptions;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.SourceBook;
import city.emona.portal.Texts;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The first page of the console: what needs a hand, and then how much there is of everything. */
final class OverviewPage {
    /** Of how many endpoints and sources each is named; the others are counted. */
    private static final int MOST_NAMED = 10;

    private final ConsoleDesk desk;
    private final Subscriptions subscriptions;
    private final SourceBook sources;
    private final LifePages verticals;

    OverviewPage(ConsoleDesk desk, Subscriptions subscriptions, SourceBook sources, LifePages verticals) {
        this.desk = desk;
        this.subscriptions = subscriptions;
        this.sources = sources;
        this.verticals = verticals;
    }

    Response show(Request request, Language language) {
        Texts texts = Texts.of(language);
        List<EndpointState> endpoints = desk.engine().listEndpoints();
        Subscriptions.Census census = subscriptions.census();
        List<Attention> attention = new ArrayList<>(ofEndpoints(endpoints, language));
        int letters = desk.engine().countDeadLetters("");
        if (letters > 0) {
            attention.add(new Attention(
                    "act",
                    texts.text("console.word.act"),
                    Format.of(language).count(letters, "console.attention.letters"),
                    new Link(language.href(ConsoleDesk.LETTERS), texts.text("console.attention.lettersLink"))));
        }
        if (census.failing() > 0) {
            attention.add(new Attention(
                    "watch",
                    texts.text("console.word.watch"),
                    Format.of(language).count(census.failing(), "console.attention.subscriptions"),
                    new Link(
                            language.href(ConsoleDesk.SUBSCRIPTIONS + "?show=failing"),
                            texts.text("console.attention.subscriptionsLink"))));
        }
        attention.addAll(verticals.attention(language));
        attention.addAll(ofSources(language));
        return desk.page(
                request,
                language,
                ConsoleDesk.ROOT,
                texts.text("console.title"),
                "overview",
                Map.of(
                        "attention",
                        attention,
                        "deliveries",
                        List.of(
                                count("console.count.endpoints", endpoints.size(), language),
                                count("console.waiting", sum(endpoints, EndpointState::pending), language),
                                count("console.sent", sum(endpoints, EndpointState::sent), language),
                                count("console.failed", sum(endpoints, EndpointState::failed), language),
                                count("console.letters", letters, language)),
                        "subscriptions",
                        List.of(
                                count("console.count.active", census.active(), language),
                                count("console.count.paused", census.paused(), language),
                                count("console.count.expired", census.expired(), language))));
    }

    private static Count count(String key, long count, Language language) {
        return new Count(Texts.of(language).text(key), Format.of(language).number(count));
    }

    private static long sum(List<EndpointState> endpoints, ToLongFunction<EndpointState> what) {
        return endpoints.stream().mapToLong(what).sum();
    }

    private List<Attention> ofEndpoints(List<EndpointState> endpoints, Language language) {
        Texts texts = Texts.of(language);
        List<EndpointState> troubled =
                endpoints.stream().filter(EndpointState::isTrouble).toList();
        List<Attention> attention = new ArrayList<>();
        for (EndpointState state : troubled.subList(0, Math.min(MOST_NAMED, troubled.size()))) {
            EndpointView view = desk.view(state, language);
            String waits = Format.of(language).count(state.pending(), "console.attention.waiting");
            attention.add(new Attention(
                    view.isHeld() ? "watch" : "act",
                    texts.text(view.isHeld() ? "console.word.held" : "console.word.act"),
                    view.isHeld() ? waits : view.reason() + " " + waits,
                    view.link()));
        }
        if (troubled.size() > MOST_NAMED) {
            attention.add(new Attention(
                    "act",
                    texts.text("console.word.act"),
                    Format.of(language).count(troubled.size() - MOST_NAMED, "console.attention.more"),
                    new Link(language.href(ConsoleDesk.DELIVERIES), texts.text("console.deliveries"))));
        }
        return attention;
    }

    private List<Attention> ofSources(Language language) {
        Texts texts = Texts.of(language);
        List<Attention> attention = new ArrayList<>();
        for (SourceHealth health : sources.listHealth()) {
            boolean isTrouble = health.status() == SourceStatus.LATE || health.status() == SourceStatus.FAILING;
            if (isTrouble && attention.size() < MOST_NAMED) {
                String state = health.status() == SourceStatus.LATE ? "watch" : "act";
                attention.add(new Attention(
                        state,
                        texts.text("source." + state),
                        health.findTrouble()
                                .map(trouble -> language.pick(trouble.reason()))
                                .orElse(""),
                        new Link(
                                language.href("/status") + "#"
                                        + health.identity().id(),
                                language.pick(health.identity().name()))));
            }
        }
        return attention;
    }
}
