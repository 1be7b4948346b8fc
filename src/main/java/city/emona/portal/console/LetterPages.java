package city.emona.portal.console;

import city.emona.broker.delivery.DeadLetter;
import city.emona.broker.delivery.EndpointState;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.json.Json;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** The messages that were given up: why, what was in them, and what is to become of them. */
final class LetterPages {
    private static final int ROWS = 25;
    private static final int READ_AT_ONCE = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final ConsoleDesk desk;

    LetterPages(ConsoleDesk desk) {
        this.desk = desk;
    }

    /** What the address asks for. */
    private record Wanted(String endpoint, String reason, long after) {
        static Wanted of(Request request) {
            return new Wanted(
                    request.query().find("endpoint").orElse(""),
                    request.query().find("reason").map(String::strip).orElse(""),
                    request.query()
                            .find("after")
                            .filter(text -> NUMBER.matcher(text).matches())
                            .map(Long::parseLong)
                            .orElse(0L));
        }

        String path(long from) {
            List<String> parts = new ArrayList<>();
            if (!endpoint.isEmpty()) {
                parts.add("endpoint=" + ConsoleDesk.encoded(endpoint));
            }
            if (!reason.isEmpty()) {
                parts.add("reason=" + ConsoleDesk.encoded(reason));
            }
            if (from > 0) {
                parts.add("after=" + from);
            }
            return ConsoleDesk.LETTERS + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
        }

        boolean matches(DeadLetter letter, Language language) {
            String wanted = reason.toLowerCase(Locale.ROOT);
            return letter.reason().toLowerCase(Locale.ROOT).contains(wanted)
                    || Reasons.words(letter.reason(), language)
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted);
        }
    }

    Response list(Request request, Language language) {
        Texts texts = Texts.of(language);
        Wanted wanted = Wanted.of(request);
        List<DeadLetter> found = find(wanted, language);
        boolean more = found.size() > ROWS;
        List<DeadLetter> shown = more ? found.subList(0, ROWS) : found;
        int all = desk.engine().countDeadLetters(wanted.endpoint());
        return desk.page(
                request,
                language,
                wanted.path(wanted.after()),
                texts.text("console.letters"),
                "dead-letters",
                Map.of(
                        "letters",
                        shown.stream().map(letter -> view(letter, language)).toList(),
                        "endpoints",
                        endpoints(wanted, language),
                        "endpoint",
                        wanted.endpoint(),
                        "reason",
                        wanted.reason(),
                        "count",
                        Format.of(language).count(all, "console.letters.count"),
                        "dropped",
                        desk.engine().countDroppedDeadLetters() == 0
                                ? ""
                                : Format.of(language)
                                        .count(desk.engine().countDroppedDeadLetters(), "console.letters.dropped"),
                        "next",
                        more
                                ? Optional.of(new Link(
                                        language.href(
                                                wanted.path(shown.getLast().id())),
                                        texts.text("table.next", ROWS)))
                                : Optional.empty()));
    }

    /** One more than a page shows, where there are as many. */
    private List<DeadLetter> find(Wanted wanted, Language language) {
        List<DeadLetter> found = new ArrayList<>();
        long after = wanted.after();
        while (found.size() <= ROWS) {
            List<DeadLetter> some = desk.engine().listDeadLetters(wanted.endpoint(), after, READ_AT_ONCE);
            some.stream()
                    .filter(letter -> wanted.matches(letter, language))
                    .limit(ROWS + 1L - found.size())
                    .forEach(found::add);
            if (some.size() < READ_AT_ONCE) {
                break;
            }
            after = some.getLast().id();
        }
        return found;
    }

    private List<EndpointChoice> endpoints(Wanted wanted, Language language) {
        List<EndpointChoice> choices = new ArrayList<>();
        choices.add(new EndpointChoice(
                "",
                Texts.of(language).text("console.letters.all"),
                wanted.endpoint().isEmpty()));
        for (EndpointState state : desk.engine().listEndpoints()) {
            boolean isChosen = state.id().equals(wanted.endpoint());
            if (isChosen || desk.engine().countDeadLetters(state.id()) > 0) {
                choices.add(new EndpointChoice(state.id(), state.address(), isChosen));
            }
        }
        return choices;
    }

    private LetterView view(DeadLetter letter, Language language) {
        return new LetterView(
                Long.toString(letter.id()),
                new Link(language.href(ConsoleDesk.endpointPath(letter.endpointId())), letter.address()),
                new Link(
                        language.href(SubscriptionPages.path(letter.tenant(), letter.subscriptionId())),
                        letter.subscriptionId()),
                Reasons.words(letter.reason(), language),
                Format.of(language).count(letter.attempts(), "console.attempts"),
                desk.moment(letter.at(), language),
                message(letter),
                language.href(ConsoleDesk.LETTERS + "/" + letter.id()));
    }

    private static String message(DeadLetter letter) {
        String body = new String(letter.body(), StandardCharsets.UTF_8);
        if (!letter.contentType().contains("json") || letter.body().length == DeadLetter.MAX_BODY_BYTES) {
            return body;
        }
        try {
            return Json.prettyText(Json.parse(body));
        } catch (Problem notJson) {
            return body;
        }
    }

    Response resend(Request request, Language language) {
        return one(request, language, Result.RESENT, desk.engine()::retryDeadLetter);
    }

    Response discard(Request request, Language language) {
        return one(request, language, Result.DISCARDED, desk.engine()::deleteDeadLetter);
    }

    /** Does something with one letter; one that is gone was settled by somebody else. */
    private static Response one(Request request, Language language, Result result, LongConsumer order) {
        String page = back(request, language);
        String number = request.parameter("number");
        if (!NUMBER.matcher(number).matches()) {
            return Result.NONE_LEFT.at(page);
        }
        try {
            order.accept(Long.parseLong(number));
        } catch (Problem problem) {
            if (problem.type() == ProblemType.RESOURCE_NOT_FOUND) {
                return Result.NONE_LEFT.at(page);
            }
            throw problem;
        }
        return result.at(page, 1);
    }

    Response resendAll(Request request, Language language) {
        String endpoint = ConsoleForm.of(request).find("endpoint").orElse("");
        return Result.RESENT.at(back(request, language), desk.engine().retryDeadLetters(endpoint));
    }

    Response discardAll(Request request, Language language) {
        String endpoint = ConsoleForm.of(request).find("endpoint").orElse("");
        return Result.DISCARDED.at(back(request, language), desk.engine().deleteDeadLetters(endpoint));
    }

    /** The list as it was shown. */
    private static String back(Request request, Language language) {
        ConsoleForm form = ConsoleForm.of(request);
        return language.href(
                new Wanted(form.find("endpoint").orElse(""), form.find("reason").orElse(""), 0).path(0));
    }
}
