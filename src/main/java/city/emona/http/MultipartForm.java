package city.emona.http;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** A form with files, as browsers send it ({@code multipart/form-data}, RFC 7578). */
public record MultipartForm(List<Part> parts) {
    private static final String TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 20;
    private static final int MAX_HEADER_BYTES = 4_096;

    /**
     * One field.
     *
     * @param file what the browser's user calls the file; null for a field that is none
     */
    public record Part(String name, @Nullable String file, byte[] content) {
        /** The content as text. */
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    public MultipartForm {
        parts = List.copyOf(parts);
    }

    /**
     * Reads the body of a request.
     *
     * @throws Problem of type UnsupportedMediaType when it is no such form, of type InvalidRequest when it is broken
     */
    public static MultipartForm read(Request request) {
        String type = request.header("Content-Type").orElse("");
        String boundary = type.toLowerCase(Locale.ROOT).startsWith(TYPE) ? MultiPart.extractBoundary(type) : null;
        if (boundary == null || boundary.isEmpty()) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body is no form with files.", "Send it as " + TYPE + ".");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_HEADER_BYTES);
        // the body is in memory already, and nothing is written to the disk
        parser.setMaxMemoryFileSize(-1);
        parser.setMaxFileSize(-1);
        parser.setMaxLength(request.body().length);
        CompletableFuture<MultiPartFormData.Parts> read = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(request.body())), new Promise.Invocable.NonBlocking<>() {
            @Override
            public void succeeded(MultiPartFormData.Parts parts) {
                read.complete(parts);
            }

            @Override
            public void failed(Throwable failure) {
                read.completeExceptionally(failure);
            }
        });
        try (MultiPartFormData.Parts found = read.join()) {
            List<Part> parts = new ArrayList<>();
            for (MultiPart.Part part : found) {
                parts.add(new Part(part.getName(), part.getFileName(), bytes(part)));
            }
            return new MultipartForm(parts);
        } catch (CompletionException | IOException e) {
            throw Problem.invalidRequest("The form cannot be read: " + cause(e) + ".", "Send it again.");
        }
    }

    private static String cause(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /** The first field of a name. */
    public Optional<Part> find(String name) {
        return parts.stream().filter(part -> name.equals(part.name())).findFirst();
    }
}
