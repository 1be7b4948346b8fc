package city.emona.api.ngsild;

import city.emona.broker.ContextLibrary;
import city.emona.broker.live.LiveHub;
import city.emona.broker.live.LiveQuery;
import city.emona.broker.live.LiveStream;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Answer;
import city.emona.http.operation.Operation;
import city.emona.http.operation.Operations;
import city.emona.http.operation.Parameter;
import city.emona.http.operation.Right;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Follows a query as server-sent events, at {@value #PATH}. */
public final class EventStreams {
    /** Where the streams are. */
    public static final String PATH = "/events";

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int MOST_THROTTLING_SECONDS = 3_600;

    private static final Parameter THROTTLING = Parameter.whole(
                    "throttling",
                    0,
                    MOST_THROTTLING_SECONDS,
                    0,
                    "So many seconds after a change, tell of each entity only the last that happened to it; 0 to tell every change.")
            .withExample("5");

    private static final List<Parameter> BEGINNING = List.of(
            Parameter.flag(
                    "initial",
                    "Whether the entities that match now come first, as events `entity`. Nothing comes first where a position is given."),
            Parameter.text(
                            "lastEventId",
                            "The position behind which the stream begins, as the header `Last-Event-ID`, which wins over it.")
                    .withExample("0"),
            Parameter.header(
                    LAST_EVENT_ID,
                    "The id of the last event that the client has; the stream begins behind it. Browsers send it by themselves."));

    private final LiveHub hub;
    private final ContextLibrary library;

    private EventStreams(LiveHub hub, ContextLibrary library) {
        this.hub = hub;
        this.library = library;
    }

    /** Adds the operation. */
    public static void addTo(Operations operations, LiveHub hub, ContextLibrary library) {
        new ApiRoutes(operations).add(new EventStreams(hub, library).operation());
    }

    private Operation operation() {
        return Operation.get(PATH, this::follow)
                .named("followEntities", "Follow a query as server-sent events", "")
                .requiring(Right.DATA_READ)
                .in("Follow changes")
                .explained("""
                        The entities are asked for as in a query, and shown as in its answer.

                        - `entity`: an entity matches now, because it is new or has changed; the data are the entity.
                        - `gone`: an entity was deleted, has expired, or does not match any more; the data are its `id`. It may also be told of \
                        an entity of which the client has not heard.
                        - `reset`: the log of changes no longer has what came behind the position that the client named. What the client knows is \
                        void; the entities that match now follow.

                        The id of an event is a position in the log of changes. A stream that begins behind it gives, of each entity that has \
                        changed since, what it is now, and then every change; so does one whose client reads more slowly than things happen. \
                        An event without an id belongs together with the next one that has one. Ids without an event tell how far the stream is.""")
                .with(Filters.PARAMETERS)
                .with(Parameters.LOCAL)
                .with(Parameters.REPRESENTATION)
                .with(Parameters.FORMS)
                .with(BEGINNING)
                .with(THROTTLING)
                .answering(Answer.of(200, "An endless stream of events.", "EventStream", "text/event-stream")
                        .with(Parameters.CONTEXT_LINK))
                .refusing(
                        ProblemType.INVALID_REQUEST,
                        ProblemType.BAD_REQUEST_DATA,
                        ProblemType.TOO_COMPLEX_QUERY,
                        ProblemType.UNAVAILABLE);
    }

    private Response follow(Request http) {
        ApiRequest request = new ApiRequest(http, library.contexts());
        QueryRequest asked = QueryRequest.ofAddress(request);
        LiveQuery query = new LiveQuery(request.tenant(), asked.query().filter(), throttlingSeconds(request) * 1_000L);
        LiveStream stream = hub.prepare(query, position(request), request.flag("initial"));
        Response response = Response.events(sink -> {
                    stream.open(new EventSender(sink, asked.terms(), asked.representation()));
                    return stream::close;
                })
                .with("Cache-Control", "no-store")
                // proxies that gather answers would hold events back
                .with("X-Accel-Buffering", "no");
        return EntityAnswers.withTenant(
                response.with("Link", ContextLink.format(asked.terms().linkTarget())), request.tenant());
    }

    private static int throttlingSeconds(ApiRequest request) {
        int seconds = request.number("throttling", 0);
        if (seconds > MOST_THROTTLING_SECONDS) {
            throw Problem.badRequestData(
                    "The throttling is " + seconds + " seconds.", "Ask for at most " + MOST_THROTTLING_SECONDS + ".");
        }
        return seconds;
    }

    private static OptionalLong position(ApiRequest request) {
        // a browser that has no id yet may send an empty one
        Optional<String> id = request.http()
                .header(LAST_EVENT_ID)
                .filter(text -> !text.isEmpty())
                .or(() -> request.parameter("lastEventId"));
        if (id.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long position = Long.parseLong(id.get());
            if (position >= 0) {
                return OptionalLong.of(position);
            }
        } catch (NumberFormatException e) {
            // told below, with the same words as a number that is too small
        }
        throw Problem.badRequestData(
                "The last event id is »" + id.get() + "«, and no event of this server has such an id.",
                "Send an id as it came with an event, or none to begin now.");
    }
}
