package city.emona.broker.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages over HTTP/1.1, on connections that are kept for the next message. Redirections are not followed. Of an answer only the
 * status and {@code Retry-After} count. A user and a password in the address become Basic authentication. Safe for use by many threads.
 */
public final class HttpSender implements Sender {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private final Duration timeout;
    private final @Nullable SSLContext tls;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpClient client;

    /**
     * @param timeout how long a receiver may take where the message does not say
     * @param tls whom to trust; null for whom the platform trusts
     */
    public HttpSender(Duration timeout, @Nullable SSLContext tls, InstantSource clock) {
        this.timeout = timeout;
        this.tls = tls;
        this.clock = clock;
    }

    /** Made when it is first wanted: it reads all certificates that the platform trusts, for which the start need not wait. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout)
                    .executor(threads);
            known = (tls == null ? builder : builder.sslContext(tls)).build();
            client = known;
        }
        return known;
    }

    @Override
    public Outcome send(Message message) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(message);
        } catch (IllegalArgumentException | URISyntaxException e) {
            return new Outcome.Refused("No HTTP request can be made for the address and the headers of the endpoint.");
        }
        Duration patience = message.timeout() == null ? timeout : message.timeout();
        Attempt first = attempt(request, patience);
        // a connection that the receiver has closed in the meantime looks like a failure; a new one tells
        return first.connectionLost() ? attempt(request, patience).outcome() : first.outcome();
    }

    /** @param connectionLost whether the connection ended before there was an answer */
    private record Attempt(Outcome outcome, boolean connectionLost) {
        Attempt(Outcome outcome) {
            this(outcome, false);
        }
    }

    private HttpRequest request(Message message) throws URISyntaxException {
        URI address = message.endpoint();
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUser(address))
                .setHeader("Content-Type", message.contentType())
                .POST(BodyPublishers.ofByteArray(message.body()));
        Addresses.Credentials credentials = Addresses.credentials(address);
        if (!credentials.isEmpty()) {
            byte[] pair = (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
            request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        for (Message.Header header : message.headers()) {
            request.setHeader(header.name(), header.value());
        }
        return request.build();
    }

    private static URI withoutUser(URI address) throws URISyntaxException {
        String info = address.getRawUserInfo();
        return info == null ? address : new URI(address.toString().replaceFirst(Pattern.quote(info + "@"), ""));
    }

    private Attempt attempt(HttpRequest request, Duration patience) throws InterruptedException {
        AtomicReference<HttpResponse.ResponseInfo> head = new AtomicReference<>();
        CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request, info -> {
            head.set(info);
            return new BodyDiscarder();
        });
        try {
            answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return judged(head.get());
        } catch (TimeoutException e) {
            answer.cancel(true);
            // a receiver that has answered, but does not come to an end, has answered
            HttpResponse.ResponseInfo known = head.get();
            return known == null
                    ? new Attempt(new Outcome.Failed("There was no answer within " + seconds(patience) + " s."))
                    : judged(known);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            HttpResponse.ResponseInfo known = head.get();
            return known == null ? broken(e.getCause(), patience) : judged(known);
        }
    }

    private Attempt judged(HttpResponse.ResponseInfo answer) {
        int status = answer.statusCode();
        String reason = "The receiver answered with status " + status + ".";
        return new Attempt(
                switch (status) {
                    case 408, 425, 429 -> new Outcome.Failed(reason, retryAfter(answer));
                    default -> {
                        if (status / 100 == 2) {
                            yield new Outcome.Delivered();
                        }
                        yield status < 500
                                ? new Outcome.Refused(reason)
                                : new Outcome.Failed(reason, retryAfter(answer));
                    }
                });
    }

    /** How long the receiver wants to be left alone (RFC 9110 section 10.2.3). */
    private Duration retryAfter(HttpResponse.ResponseInfo answer) {
        Optional<String> header = answer.headers().firstValue("Retry-After");
        if (header.isEmpty()) {
            return Duration.ZERO;
        }
        String text = header.get().strip();
        if (DIGITS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(clock.instant(), at);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Attempt broken(@Nullable Throwable cause, Duration patience) {
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                new Attempt(new Outcome.Failed("No connection was made within " + seconds(patience) + " s."));
            case HttpTimeoutException _ ->
                new Attempt(new Outcome.Failed("There was no answer within " + seconds(patience) + " s."));
            case ConnectException unreachable -> new Attempt(unreachable(unreachable));
            case UnknownHostException _ -> new Attempt(new Outcome.Failed("The host of the endpoint is not known."));
            case UnresolvedAddressException _ ->
                new Attempt(new Outcome.Failed("The host of the endpoint is not known."));
            case SSLException insecure ->
                new Attempt(new Outcome.Failed("No secure connection was made: " + insecure.getMessage() + "."));
            case IOException lost ->
                new Attempt(new Outcome.Failed("The connection was lost: " + lost.getMessage() + "."), true);
            case null, default -> new Attempt(new Outcome.Failed("The message could not be sent: " + cause + "."));
        };
    }

    private static Outcome unreachable(ConnectException e) {
        Throwable cause = e.getCause();
        boolean unknown = cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException;
        return new Outcome.Failed(
                unknown ? "The host of the endpoint is not known." : "The endpoint does not accept connections.");
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1_000.0);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
        threads.shutdownNow();
    }
}
