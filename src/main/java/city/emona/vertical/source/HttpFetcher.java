package city.emona.vertical.source;

import city.emona.http.OutgoingGate;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Fetched.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Gets documents over HTTP: conditional requests, gzip, few redirects, and bounds on time and size. Safe for use by many threads. */
final class HttpFetcher implements Fetcher, AutoCloseable {
    private static final int MAX_REDIRECTS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private final Outside outside;
    private @Nullable HttpClient client;

    /** @param gate asked before every connection, also those to which an answer redirects */
    HttpFetcher(OutgoingGate gate) {
        this.outside = new Outside(gate);
    }

    /** What is asked before every connection. */
    Outside outside() {
        return outside;
    }

    /** Made when it is first wanted: it reads all certificates that the platform trusts, for which the start need not wait. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = known;
        }
        return known;
    }

    @Override
    public Fetched fetch(Order order) throws SourceFailure, InterruptedException {
        long deadline = System.nanoTime() + order.timeout().toNanos();
        URI address = requireHttp(order.address());
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<byte[]> response = exchange(order, address, deadline - System.nanoTime());
            int status = response.statusCode();
            Optional<String> location = response.headers().firstValue("Location");
            if (status == 304) {
                return new Fetched.Unchanged();
            }
            if (status >= 301 && status <= 308 && location.isPresent()) {
                address = redirect(address, location.get());
            } else if (status == 200) {
                return document(order, address, response);
            } else {
                throw refused(status, response);
            }
        }
        throw new SourceFailure(
                "Naslov preusmerja več kot " + MAX_REDIRECTS + "-krat.",
                "The address redirects more than " + MAX_REDIRECTS + " times.");
    }

    private static SourceFailure refused(int status, HttpResponse<byte[]> response) {
        Duration pause = response.headers()
                .firstValue("Retry-After")
                .flatMap(HttpFetcher::retryAfter)
                .orElse(null);
        SourceFailure failure = new SourceFailure(
                new LocalizedText(
                        "Strežnik je odgovoril s stanjem " + status + ".",
                        "The server answered with status " + status + "."),
                pause);
        if (status == 401) {
            throw new Login.Unauthorized(failure);
        }
        return failure;
    }

    /** Seconds, or a date (RFC 9110, section 10.2.3); nobody has to wait longer than a day. */
    private static Optional<Duration> retryAfter(String value) {
        Duration pause;
        try {
            pause = value.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
        return pause.isNegative()
                ? Optional.empty()
                : Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private static URI requireHttp(URI address) throws SourceFailure {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new SourceFailure(
                    "Naslov »" + address + "« ni spletni naslov (http ali https).",
                    "The address »" + address + "« is not a web address (http or https).");
        }
        return address;
    }

    private static URI redirect(URI from, String location) throws SourceFailure {
        URI to;
        try {
            to = requireHttp(from.resolve(location));
        } catch (IllegalArgumentException _) {
            throw new SourceFailure("Preusmeritev ni naslov.", "The redirect is not an address.");
        }
        if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
            throw new SourceFailure(
                    "Preusmeritev s https na http je zavrnjena.", "A redirect from https to http is refused.");
        }
        return to;
    }

    private HttpResponse<byte[]> exchange(Order order, URI address, long nanos)
            throws SourceFailure, InterruptedException {
        outside.require(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "Emona (open urban digital platform)");
        boolean declaredServer = address.getAuthority().equals(order.address().getAuthority());
        if (declaredServer) {
            order.headers().forEach(request::setHeader);
        }
        if (!order.form().isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(order.form()));
        }
        if (!order.known().etag().isEmpty()) {
            request.header("If-None-Match", order.known().etag());
        }
        if (!order.known().lastModified().isEmpty()) {
            request.header("If-Modified-Since", order.known().lastModified());
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(
                        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), order.maxBytes()));
        try {
            return answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw slow(order);
        } catch (ExecutionException e) {
            throw failure(order, address, e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static SourceFailure failure(Order order, URI address, @Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException e
            when e.getCause() instanceof UnresolvedAddressException -> Outside.unknownHost(address);
            case UnknownHostException _ -> Outside.unknownHost(address);
            case ConnectException _ ->
                new SourceFailure(
                        "S strežnikom " + address.getAuthority() + " se ni mogoče povezati.",
                        "The server " + address.getAuthority() + " cannot be reached.");
            case HttpTimeoutException _ -> slow(order);
            case IOException e when isTooLarge(e) -> tooLarge(order);
            case IOException e ->
                new SourceFailure(
                        "Odgovor se je pretrgal: " + e.getMessage() + ".",
                        "The answer broke off: " + e.getMessage() + ".");
            case null, default ->
                new SourceFailure("Zahteva ni uspela: " + cause + ".", "The request failed: " + cause + ".");
        };
    }

    private static boolean isTooLarge(IOException e) {
        String message = e.getMessage();
        return message != null && message.contains("exceeds capacity");
    }

    private static SourceFailure slow(Order order) {
        long seconds = Math.max(1, order.timeout().toSeconds());
        return new SourceFailure(
                "Vir ni odgovoril v " + seconds + " s.", "The source did not answer within " + seconds + " s.");
    }

    private static SourceFailure tooLarge(Order order) {
        return new SourceFailure(
                "Dokument je večji od " + order.maxBytes() + " bajtov.",
                "The document is larger than " + order.maxBytes() + " bytes.");
    }

    private static Fetched document(Order order, URI address, HttpResponse<byte[]> response) throws SourceFailure {
        boolean packed = response.headers()
                .firstValue("Content-Encoding")
                .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("gzip"))
                .isPresent();
        byte[] bytes = packed ? unpacked(order, response.body()) : response.body();
        Validators validators = new Validators(
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Last-Modified").orElse(""));
        Charset charset = response.headers()
                .firstValue("Content-Type")
                .flatMap(HttpFetcher::charset)
                .orElse(null);
        String links = String.join(", ", response.headers().allValues("Link"));
        return new Fetched.Document(address, bytes, charset, validators, links);
    }

    private static byte[] unpacked(Order order, byte[] packed) throws SourceFailure {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(order.maxBytes());
            if (in.read() >= 0) {
                throw tooLarge(order);
            }
            return bytes;
        } catch (IOException e) {
            throw new SourceFailure(
                    "Stisnjenega odgovora ni mogoče razširiti: " + e.getMessage() + ".",
                    "The compressed answer cannot be unpacked: " + e.getMessage() + ".");
        }
    }

    private static Optional<Charset> charset(String contentType) {
        Matcher parameter = CHARSET.matcher(contentType);
        if (!parameter.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(parameter.group(1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
