package city.emona.portal.console;

import city.emona.broker.delivery.EndpointState;
import city.emona.broker.delivery.ReplayStart;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Texts;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The endpoints and their queues, and what can be ordered for one of them. */
final class DeliveryPages {
    private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

    private final ConsoleDesk desk;

    DeliveryPages(ConsoleDesk desk) {
        this.desk = desk;
    }

    Response list(Request request, Language language) {
        List<EndpointView> endpoints = desk.engine().listEndpoints().stream()
                .map(state -> desk.view(state, language))
                .toList();
        return desk.page(
                request,
                language,
                ConsoleDesk.DELIVERIES,
                Texts.of(language).text("console.deliveries"),
                "deliveries",
                Map.of("endpoints", endpoints, "rate", rate(language)));
    }

    Response show(Request request, Language language) {
        EndpointState state = desk.engine().getEndpoint(request.parameter("id"));
        return desk.page(
                request,
                language,
                ConsoleDesk.endpointPath(state.id()),
                state.address(),
                "delivery",
                Map.of(
                        "endpoint",
                        desk.view(state, language),
                        "rate",
                        rate(language),
                        "kept",
                        ConsoleDesk.lasting(desk.engine().settings().retention().toMillis(), language),
                        "from",
                        anHourAgo(language)));
    }

    private String rate(Language language) {
        int perSecond = desk.engine().settings().messagesPerSecond();
        return perSecond == 0
                ? Texts.of(language).text("console.rate.none")
                : Format.of(language).count(perSecond, "console.rate");
    }

    /** A time as a field of a form has it, from which a replay may begin. */
    private String anHourAgo(Language language) {
        return LocalDateTime.ofInstant(
                        desk.clock().instant(), desk.time(language).zone())
                .minusHours(1)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    Response tryNow(Request request, Language language) {
        desk.engine().tryNow(request.parameter("id"));
        return Result.TRIED.at(back(request, language));
    }

    Response hold(Request request, Language language) {
        desk.engine().hold(request.parameter("id"));
        return Result.HELD.at(back(request, language));
    }

    Response resume(Request request, Language language) {
        desk.engine().resume(request.parameter("id"));
        return Result.RESUMED.at(back(request, language));
    }

    Response replay(Request request, Language language) {
        String page = back(request, language);
        Optional<ReplayStart> start = start(ConsoleForm.of(request), language);
        if (start.isEmpty()) {
            return Result.WRONG_START.at(page);
        }
        return desk.engine().replayEndpoint(request.parameter("id"), start.get())
                ? Result.REPLAYED.at(page)
                : Result.NOTHING_TO_REPLAY.at(page);
    }

    private static String back(Request request, Language language) {
        return language.href(ConsoleDesk.endpointPath(request.parameter("id")));
    }

    /** From where a form wants messages sent again; empty when it does not say, or not rightly. */
    Optional<ReplayStart> start(ConsoleForm form, Language language) {
        Optional<String> position = form.find("position");
        if (position.isPresent()) {
            return position.filter(text -> POSITION.matcher(text).matches())
                    .map(text -> new ReplayStart.FromPosition(Long.parseLong(text)));
        }
        return form.find("time").flatMap(text -> {
            try {
                return Optional.of(new ReplayStart.FromTime(LocalDateTime.parse(text)
                        .atZone(desk.time(language).zone())
                        .toInstant()
                        .toEpochMilli()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
