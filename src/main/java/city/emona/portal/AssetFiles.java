package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Serves the front end's files. Their names carry a hash, so browsers keep them for good. */
final class AssetFiles {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "woff2", "font/woff2");

    private final Map<String, Optional<byte[]>> read = new ConcurrentHashMap<>();

    Response file(Request request) {
        String name = request.parameter("file");
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (!NAME.matcher(name).matches() || type == null) {
            throw Problem.notFound("There is no file " + name + ".");
        }
        if (accepts(request)) {
            Optional<byte[]> compressed = read(name + ".gz");
            if (compressed.isPresent()) {
                return answer(type, compressed.get()).with("Content-Encoding", "gzip");
            }
        }
        return answer(type, read(name).orElseThrow(() -> Problem.notFound("There is no file " + name + ".")));
    }

    private static Response answer(String type, byte[] content) {
        return Response.of(200, type, content).with("Cache-Control", FOREVER).with("Vary", "Accept-Encoding");
    }

    private static boolean accepts(Request request) {
        return request.headers().all("Accept-Encoding").stream().anyMatch(value -> value.contains("gzip"));
    }

    private Optional<byte[]> read(String name) {
        return read.computeIfAbsent(name, file -> {
            try (InputStream in = AssetFiles.class.getResourceAsStream("/web/" + file)) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
