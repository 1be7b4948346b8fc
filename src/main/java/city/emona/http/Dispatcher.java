package city.emona.http;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns Jetty's calls into {@link Request}s and {@link Response}s. */
final class Dispatcher extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final byte[] NO_BODY = {};
    private static final int WRITTEN_AT_ONCE = 64 * 1024;
    private static final long MOST_DRAINED_BYTES = 64 * 1024 * 1024;

    private final HttpServerConfig config;
    private final Router router;
    private final ProblemRenderer problems;
    private final ServerConnector connector;
    private final Semaphore waiting;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final LongAdder[] answers = new LongAdder[6];

    Dispatcher(HttpServerConfig config, Router router, ProblemRenderer problems, ServerConnector connector) {
        this.config = config;
        this.router = router;
        this.problems = problems;
        this.connector = connector;
        this.waiting = new Semaphore(config.maxWaiting());
        for (int i = 0; i < answers.length; i++) {
            answers[i] = new LongAdder();
        }
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
        Exchange exchange = new Exchange(jetty, response, callback);
        if (jetty.getLength() == 0 || !mayHaveBody(jetty)) {
            exchange.dispatch(NO_BODY);
            return true;
        }
        if (jetty.getLength() > config.maxBodyBytes()) {
            if (isDrained(jetty)) {
                Callback refuse = Callback.from(() -> exchange.refuse(tooLarge()), callback::failed);
                Content.Source.consumeAll(jetty, refuse);
            } else {
                exchange.refuse(tooLarge());
            }
            return true;
        }
        Content.Source.asByteArrayAsync(jetty, config.maxBodyBytes(), new Promise.Invocable.NonBlocking<>() {
            @Override
            public void succeeded(byte[] body) {
                exchange.dispatch(body);
            }

            @Override
            public void failed(Throwable failure) {
                if (failure instanceof IllegalStateException) {
                    exchange.refuse(tooLarge());
                } else {
                    callback.failed(failure);
                }
            }
        });
        return true;
    }

    /**
     * Whether a body that is too large is read to its end and thrown away: a client that is busy sending would otherwise lose the answer
     * with the connection. One that waits for leave to send, or would send for long, is answered at once.
     */
    private static boolean isDrained(org.eclipse.jetty.server.Request jetty) {
        return jetty.getLength() <= MOST_DRAINED_BYTES && !jetty.getHeaders().contains(HttpHeader.EXPECT);
    }

    private static boolean mayHaveBody(org.eclipse.jetty.server.Request jetty) {
        return jetty.getLength() > 0 || jetty.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** All values of a header; most that are asked for are absent, so this looks before it makes a list. */
    private static List<String> values(org.eclipse.jetty.server.Request jetty, String name) {
        if (jetty.isSecure() && name.equalsIgnoreCase(SecurityHeaders.PROTOCOL)) {
            return List.of("https");
        }
        List<String> values = List.of();
        for (HttpField field : jetty.getHeaders()) {
            if (field.is(name)) {
                if (values.isEmpty()) {
                    values = new ArrayList<>(2);
                }
                values.add(field.getValue() == null ? "" : field.getValue());
            }
        }
        return values;
    }

    private Problem tooLarge() {
        return new Problem(
                ProblemType.PAYLOAD_TOO_LARGE,
                "The body is larger than " + config.maxBodyBytes() / (1024 * 1024) + " MB.",
                "Send it in several requests.");
    }

    Map<String, Long> answersByStatusClass() {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 1; i < answers.length; i++) {
            counts.put(i + "xx", answers[i].sum());
        }
        return counts;
    }

    int openStreams() {
        return streams.size();
    }

    void closeStreams() {
        streams.forEach(EventStream::end);
    }

    /** One request on its way to its answer. */
    private final class Exchange {
        private final org.eclipse.jetty.server.Request jetty;
        private final org.eclipse.jetty.server.Response response;
        private final Callback callback;

        Exchange(
                org.eclipse.jetty.server.Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
            this.jetty = jetty;
            this.response = response;
            this.callback = callback;
        }

        private Request request(QueryParameters query, byte[] body) {
            return new Request(jetty.getMethod(), path(), Map.of(), query, name -> values(jetty, name), body);
        }

        private String path() {
            String path = jetty.getHttpURI().getPath();
            return path == null ? "/" : path;
        }

        void dispatch(byte[] body) {
            Request request = request(QueryParameters.EMPTY, body);
            try {
                HttpURI uri = jetty.getHttpURI();
                String query = uri.getQuery();
                request = request(query == null ? QueryParameters.EMPTY : QueryParameters.parse(query), body);
                Router.Match match = router.match(request.path());
                if (match == null) {
                    throw Problem.notFound("There is nothing at " + request.path() + ".");
                }
                Router.Route route = match.route(request.method());
                if (route == null) {
                    send(methodNotAllowed(request, match));
                    return;
                }
                run(route, request.withParameters(match.parameters()));
            } catch (RuntimeException e) {
                send(failure(request, e));
            }
        }

        private void run(Router.Route route, Request request) {
            if (route.fast() && answeredAtOnce(route.handler(), request)) {
                return;
            }
            if (!waiting.tryAcquire()) {
                throw new Problem(
                        ProblemType.UNAVAILABLE,
                        "The server has more requests in work than it can take.",
                        "Try again in a moment.");
            }
            Thread.ofVirtual().start(() -> {
                try {
                    answer(route.handler(), request);
                } finally {
                    waiting.release();
                }
            });
        }

        private boolean answeredAtOnce(city.emona.http.Handler handler, Request request) {
            try {
                send(handler.handle(request));
            } catch (MustWaitException e) {
                return false;
            } catch (RuntimeException e) {
                send(failure(request, e));
            }
            return true;
        }

        private void answer(city.emona.http.Handler handler, Request request) {
            Response result;
            try {
                result = handler.handle(request);
            } catch (RuntimeException e) {
                result = failure(request, e);
            }
            send(result);
        }

        void refuse(Problem problem) {
            // what is left of the body is not read, so the connection cannot be used again
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            send(problems.render(request(QueryParameters.EMPTY, NO_BODY), problem, ""));
        }

        private Response methodNotAllowed(Request request, Router.Match match) {
            String allowed = String.join(", ", match.methods());
            if (request.method().equals("OPTIONS")) {
                return Response.empty(204).with("Allow", allowed + ", OPTIONS");
            }
            Problem problem = new Problem(
                    ProblemType.METHOD_NOT_ALLOWED,
                    request.method() + " is not possible at " + request.path() + ".",
                    "Use " + allowed + ".");
            return problems.render(request, problem, "").with("Allow", allowed);
        }

        private Response failure(Request request, RuntimeException e) {
            if (e instanceof Problem problem) {
                return problems.render(request, problem, "");
            }
            String incident = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("Incident {}: {} {} failed", incident, request.method(), request.path(), e);
            Problem problem = new Problem(
                    ProblemType.INTERNAL_ERROR,
                    "The server met an error that is not yours; it is logged as incident " + incident + ".",
                    "Report the number to the operator.");
            return problems.render(request, problem, incident);
        }

        private void send(Response result) {
            answers[Math.clamp(result.status() / 100, 1, 5)].increment();
            response.setStatus(result.status());
            for (Response.Header header : result.headers()) {
                response.getHeaders().add(header.name(), header.value());
            }
            SecurityHeaders.add(jetty, response.getHeaders());
            EventSource source = result.stream();
            BodyWriter writer = result.written();
            if (writer != null && !jetty.getMethod().equals("HEAD")) {
                write(writer);
            } else if (source != null && !jetty.getMethod().equals("HEAD")) {
                EventStream stream = new EventStream(response, callback, connector.getScheduler(), streams::remove);
                streams.add(stream);
                stream.open(source);
            } else {
                response.write(true, ByteBuffer.wrap(result.body()), callback);
            }
        }

        /** Only a body that was written to its end is ended; otherwise the connection breaks, and the client sees it. */
        @SuppressWarnings("resource") // because: closing it would end the body
        private void write(BodyWriter writer) {
            try {
                OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), WRITTEN_AT_ONCE);
                writer.write(out);
                out.close();
                callback.succeeded();
            } catch (IOException e) {
                callback.failed(e);
            } catch (RuntimeException e) {
                LOG.error("The answer to {} {} was broken off", jetty.getMethod(), path(), e);
                callback.failed(e);
            }
        }
    }
}
