package city.emona.access;

import city.emona.http.Request;
import city.emona.http.Response;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two cookies of a browser: that of its session, and the one by which it is known when its owner signs in again. Under TLS they are
 * bound to this host and to TLS by their name ({@code __Host-}).
 */
public final class Cookies {
    private static final String SESSION = "emona_session";
    private static final String DEVICE = "emona_device";
    private static final String BOUND = "__Host-";
    private static final Duration YEAR = Duration.ofDays(365);

    private Cookies() {}

    /** Whether the browser speaks TLS, which a proxy on this machine then ends. */
    private static boolean isSecure(Request request) {
        return request.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
    }

    private static String name(Request request, String plain) {
        return isSecure(request) ? BOUND + plain : plain;
    }

    /** The secret of the session; null for none. */
    public static @Nullable String session(Request request) {
        return find(request, SESSION).orElse(null);
    }

    /** The secret by which the browser is known; null for none. */
    public static @Nullable String device(Request request) {
        return find(request, DEVICE).orElse(null);
    }

    private static Optional<String> find(Request request, String plain) {
        for (String header : request.headers().all("Cookie")) {
            String start = name(request, plain) + "=";
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(start) && cookie.length() > start.length()) {
                    return Optional.of(cookie.substring(start.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** The answer, with which the browser is signed in. */
    public static Response enter(Response response, Request request, SignIn.Step.Inside inside) {
        return response.with("Set-Cookie", cookie(request, SESSION, inside.session(), ""))
                .with("Set-Cookie", cookie(request, DEVICE, inside.device(), "; Max-Age=" + YEAR.toSeconds()));
    }

    /** The answer, with which the browser is signed out. */
    public static Response leave(Response response, Request request) {
        return response.with("Set-Cookie", cookie(request, SESSION, "", "; Max-Age=0"));
    }

    private static String cookie(Request request, String plain, String value, String age) {
        String secure = isSecure(request) ? "; Secure" : "";
        return name(request, plain) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + secure + age;
    }
}
