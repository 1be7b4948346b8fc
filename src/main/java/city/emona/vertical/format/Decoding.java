package city.emona.vertical.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes to text, strictly: a byte that the encoding does not know is an error with its place, never a question mark. */
public final class Decoding {
    private static final Pattern XML_ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");
    /** č, š, ž and their capitals in windows-1250. */
    private static final String SLOVENE_IN_1250 = "\u00e8\u009a\u009e\u00c8\u008a\u008e";

    private Decoding() {}

    /**
     * The text of a document. The encoding is the declared one, else that of a byte order mark, of the transport, of the XML
     * declaration, else UTF-8.
     *
     * @throws SourceFailure when the bytes are not in that encoding
     */
    public static String text(byte[] bytes, @Nullable Charset declared, @Nullable Charset ofTransport)
            throws SourceFailure {
        int mark = byteOrderMark(bytes);
        Charset charset = declared;
        if (charset == null) {
            charset = mark == 3 ? StandardCharsets.UTF_8 : mark == 2 ? StandardCharsets.UTF_16 : ofTransport;
        }
        if (charset == null) {
            charset = ofXmlDeclaration(bytes).orElse(StandardCharsets.UTF_8);
        }
        int start = mark == 3 && charset.equals(StandardCharsets.UTF_8) ? 3 : 0;
        return decode(bytes, start, charset);
    }

    private static int byteOrderMark(byte[] bytes) {
        if (bytes.length >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            return 3;
        }
        boolean utf16 = bytes.length >= 2
                && (((bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF)
                        || ((bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE));
        return utf16 ? 2 : 0;
    }

    private static Optional<Charset> ofXmlDeclaration(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
        Matcher declaration = XML_ENCODING.matcher(start);
        if (!declaration.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(declaration.group(1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes, int start, Charset charset) throws SourceFailure {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate((int) ((bytes.length - start) * (double) decoder.maxCharsPerByte()) + 8);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw wrongEncoding(bytes[in.position()], in.position(), charset);
        }
        decoder.flush(out);
        return out.flip().toString();
    }

    private static SourceFailure wrongEncoding(byte found, int position, Charset charset) {
        String hex = "0x%02X".formatted(found);
        boolean likely1250 = SLOVENE_IN_1250.indexOf((char) (found & 0xFF)) >= 0;
        return new SourceFailure(
                "Napačno kodiranje: bajt " + hex + " na mestu " + position + " ni " + charset + "."
                        + (likely1250
                                ? " Verjetno je dokument v kodiranju windows-1250; navedite ga kot »encoding«."
                                : ""),
                "Wrong encoding: byte " + hex + " at position " + position + " is not " + charset + "."
                        + (likely1250 ? " The document is probably in windows-1250; declare it as »encoding«." : ""));
    }
}
