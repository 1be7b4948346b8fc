package city.emona.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer: a status, headers in order, and a body of bytes, or a stream of events, or what writes a long body. Immutable.
 *
 * @param body the whole body; empty for none
 * @param stream what feeds an event stream; null for an ordinary answer
 * @param written what writes the body; null for an ordinary answer
 */
public record Response(
        int status,
        List<Header> headers,
        byte[] body,
        @Nullable EventSource stream,
        @Nullable BodyWriter written) {
    private static final byte[] NO_BODY = {};

    /** One header line. */
    public record Header(String name, String value) {}

    public Response {
        headers = List.copyOf(headers);
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return new Response(status, List.of(), NO_BODY, null, null);
    }

    /** An answer with a body. */
    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), body, null, null);
    }

    /** A JSON answer. */
    public static Response json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    /** An HTML page. */
    public static Response html(int status, byte[] utf8) {
        return of(status, "text/html; charset=utf-8", utf8);
    }

    /** Plain text. */
    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the browser elsewhere, with status 303. */
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    /** An endless stream of server-sent events. */
    public static Response events(EventSource source) {
        return new Response(200, List.of(new Header("Content-Type", "text/event-stream")), NO_BODY, source, null);
    }

    /** An answer whose body is written while it is sent; only by handlers that may wait. */
    public static Response written(int status, String contentType, BodyWriter writer) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), NO_BODY, null, writer);
    }

    /** The same answer with another status. */
    public Response withStatus(int changed) {
        return new Response(changed, headers, body, stream, written);
    }

    /** The same answer with one more header. */
    public Response with(String name, String value) {
        List<Header> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body, stream, written);
    }
}
