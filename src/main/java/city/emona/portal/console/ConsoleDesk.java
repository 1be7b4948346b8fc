package city.emona.portal.console;

import city.emona.broker.delivery.Circuit;
import city.emona.broker.delivery.DeliveryEngine;
import city.emona.broker.delivery.EndpointState;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.CityTime;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.Page;
import city.emona.portal.Portal;
import city.emona.portal.Templates;
import city.emona.portal.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** What every page of the console is made with. */
record ConsoleDesk(Portal portal, DeliveryEngine engine, InstantSource clock) {
    static final String ROOT = "/console";
    static final String DELIVERIES = ROOT + "/deliveries";
    static final String SUBSCRIPTIONS = ROOT + "/subscriptions";
    static final String SOURCES = ROOT + "/sources";
    static final String LETTERS = ROOT + "/dead-letters";
    static final String VERTICALS = ROOT + "/verticals";
    static final String ORDERS = ROOT + "/orders";

    private static final String DASH = "–";

    /** A text as one segment of a path, or as the value of a query parameter. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    static String endpointPath(String id) {
        return DELIVERIES + "/" + encoded(id);
    }

    static String verticalPath(String id) {
        return VERTICALS + "/" + encoded(id);
    }

    static String lettersPath(String endpointId) {
        return LETTERS + "?endpoint=" + encoded(endpointId);
    }

    /**
     * A page that nobody keeps.
     *
     * @param path without the language
     * @param title of the page itself
     */
    Response page(
            Request request, Language language, String path, String title, String template, Map<String, Object> more) {
        return made(200, request, frame(language, path, title), title, template, more);
    }

    /**
     * The same for a page that must not change while somebody fills in a form on it.
     *
     * @param status 200, or another where a form was not right
     */
    Response still(
            int status,
            Request request,
            Language language,
            String path,
            String title,
            String template,
            Map<String, Object> more) {
        return made(status, request, frame(language, path, title).still(), title, template, more);
    }

    private Page frame(Language language, String path, String title) {
        return portal.page(language, path, title, Texts.of(language).text("console.description"));
    }

    private static Response made(
            int status, Request request, Page page, String title, String template, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("page", page);
        parameters.put("title", title);
        parameters.put("result", Result.read(request, page.language()));
        return Templates.page(status, "console/" + template, parameters).with("Cache-Control", "no-store");
    }

    CityTime time(Language language) {
        return portal.time(language);
    }

    /** When something was, with how long ago that is; a dash for never. */
    String moment(long millis, Language language) {
        if (millis == 0) {
            return Texts.of(language).text("console.never");
        }
        Instant at = Instant.ofEpochMilli(millis);
        String age = time(language).age(at, clock.instant());
        return age + " (" + time(language).dateTime(at) + ")";
    }

    /** How long something lasts: 8 s, 4 min, 3 h, 2 dni. */
    static String lasting(long millis, Language language) {
        Texts texts = Texts.of(language);
        Duration time = Duration.ofMillis(millis);
        if (time.toSeconds() < 60) {
            return texts.text("console.lasting.seconds", Math.max(1, time.toSeconds()));
        }
        if (time.toMinutes() < 60) {
            return texts.text("console.lasting.minutes", time.toMinutes());
        }
        if (time.toHours() < 48) {
            return texts.text("console.lasting.hours", time.toHours());
        }
        return Format.of(language).count(time.toDays(), "console.lasting.days");
    }

    EndpointView view(EndpointState state, Language language) {
        Format format = Format.of(language);
        return new EndpointView(
                new Link(language.href(endpointPath(state.id())), state.address()),
                language.href(endpointPath(state.id())),
                css(state),
                word(state, language),
                Reasons.words(state.lastReason(), language),
                format.number(state.pending()),
                state.pending() == 0 ? DASH : lasting(state.lagMillis(), language),
                format.number(state.sent()),
                format.number(state.failed()),
                format.number(state.refused()),
                format.number(state.dropped()),
                moment(state.lastSuccessAt(), language),
                moment(state.lastFailureAt(), language),
                format.number(engine.countDeadLetters(state.id())),
                language.href(lettersPath(state.id())),
                state.heldSince() != 0,
                state.circuit() != Circuit.CLOSED);
    }

    private static String css(EndpointState state) {
        if (state.heldSince() != 0) {
            return "watch";
        }
        return switch (state.circuit()) {
            case CLOSED -> "good";
            case OPEN -> "act";
            case HALF_OPEN -> "watch";
        };
    }

    private String word(EndpointState state, Language language) {
        Texts texts = Texts.of(language);
        if (state.heldSince() != 0) {
            return texts.text("console.state.held", time(language).dateTime(Instant.ofEpochMilli(state.heldSince())));
        }
        return switch (state.circuit()) {
            case CLOSED -> texts.text("console.state.closed");
            case HALF_OPEN -> texts.text("console.state.halfOpen");
            case OPEN -> {
                long left = state.nextTryAt() - clock.millis();
                yield left <= 0
                        ? texts.text("console.state.openNow")
                        : texts.text("console.state.open", lasting(left, language));
            }
        };
    }
}
