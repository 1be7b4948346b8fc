package city.emona.vertical.source;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.vertical.Transport;
import city.emona.vertical.Transport.Authentication;
import city.emona.vertical.format.SourceFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tells a source who we are. Used by one thread at a time. */
final class Login {
    private static final int MARGIN_SECONDS = 30;

    private final String vertical;
    private final Transport transport;
    private final Secrets secrets;
    private String token = "";
    private long tokenUntilNanos;

    Login(String vertical, Transport transport, Secrets secrets) {
        this.vertical = vertical;
        this.transport = transport;
        this.secrets = secrets;
    }

    /** Fetches with the declared header fields and proof; a token that is no longer taken is asked for anew, once. */
    Fetched fetch(Fetcher fetcher, Fetcher.Order order) throws SourceFailure, InterruptedException {
        boolean hadToken = !token.isEmpty();
        try {
            return fetcher.fetch(order.withHeaders(headers(fetcher, order)));
        } catch (Unauthorized e) {
            if (!hadToken) {
                throw e.failure();
            }
            token = "";
            try {
                return fetcher.fetch(order.withHeaders(headers(fetcher, order)));
            } catch (Unauthorized again) {
                throw again.failure();
            }
        }
    }

    /** The source does not take who we are. */
    static final class Unauthorized extends RuntimeException {
        private final transient SourceFailure failure;

        Unauthorized(SourceFailure failure) {
            super(failure.getMessage(), null, false, false);
            this.failure = failure;
        }

        SourceFailure failure() {
            return failure;
        }
    }

    private Map<String, String> headers(Fetcher fetcher, Fetcher.Order order)
            throws SourceFailure, InterruptedException {
        Map<String, String> headers = new HashMap<>(transport.headers());
        switch (transport.authentication()) {
            case null -> {}
            case Authentication.Basic basic ->
                headers.put(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (basic.user() + ":" + secret(basic)).getBytes(StandardCharsets.UTF_8)));
            case Authentication.Bearer bearer -> headers.put("Authorization", "Bearer " + secret(bearer));
            case Authentication.Header header -> headers.put(header.name(), secret(header));
            case Authentication.ClientCredentials client ->
                headers.put(
                        "Authorization",
                        "Bearer "
                                + token(
                                        client.tokenAddress(),
                                        "grant_type=client_credentials&client_id=" + encoded(client.client())
                                                + "&client_secret=" + encoded(secret(client))
                                                + (client.scope().isEmpty() ? "" : "&scope=" + encoded(client.scope())),
                                        fetcher,
                                        order));
            case Authentication.Password person ->
                headers.put(
                        "Authorization",
                        "Bearer "
                                + token(
                                        person.tokenAddress(),
                                        "grant_type=password&username=" + encoded(person.user()) + "&password="
                                                + encoded(secret(person)),
                                        fetcher,
                                        order));
        }
        return headers;
    }

    private String secret(Authentication authentication) throws SourceFailure {
        return secrets.get(vertical, authentication.secret());
    }

    private String token(String address, String form, Fetcher fetcher, Fetcher.Order order)
            throws SourceFailure, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - tokenUntilNanos > 0) {
            Fetched answer;
            try {
                answer = fetcher.fetch(new Fetcher.Order(
                                URI.create(address), Fetched.Validators.NONE, order.timeout(), order.maxBytes())
                        .withForm(form));
            } catch (Unauthorized e) {
                throw e.failure();
            }
            JsonNode json = answer instanceof Fetched.Document document ? parsed(document.bytes()) : Json.object();
            token = json.path("access_token").asString("");
            if (token.isEmpty()) {
                throw new SourceFailure(
                        "Strežnik za prijavo ni dal žetona.", "The server for signing in gave no token.");
            }
            long seconds = Math.max(0, json.path("expires_in").asLong(300) - MARGIN_SECONDS);
            tokenUntilNanos = System.nanoTime() + seconds * 1_000_000_000L;
        }
        return token;
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (Problem _) {
            return Json.object();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
