package city.emona.vertical.source;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.Transport.PushProof;
import city.emona.vertical.format.SourceFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets in only who can prove that it may push to a source. */
final class PushGate {
    private PushGate() {}

    /**
     * @param header gives the value of a header field
     * @throws Problem of type Unauthorized when the proof is missing or wrong
     */
    static void check(
            String vertical, PushProof proof, Secrets secrets, Function<String, Optional<String>> header, byte[] body) {
        String shown = header.apply(proof.header()).orElse("").strip();
        String secret;
        try {
            secret = secrets.get(vertical, proof.secret());
        } catch (SourceFailure e) {
            throw new Problem(
                    ProblemType.INTERNAL_ERROR,
                    "The source cannot check who sends.",
                    e.reason().en());
        }
        String expected = proof.signed() ? signature(secret, body) : secret;
        String bare = proof.signed() ? without(shown, "sha256=") : without(shown, "Bearer ");
        boolean right =
                MessageDigest.isEqual(bare.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        if (shown.isEmpty() || !right) {
            throw refused(proof);
        }
    }

    private static String without(String value, String prefix) {
        return value.regionMatches(true, 0, prefix, 0, prefix.length()) ? value.substring(prefix.length()) : value;
    }

    private static Problem refused(PushProof proof) {
        return new Problem(
                ProblemType.UNAUTHORIZED,
                "The sender does not prove that it may push to this source.",
                proof.signed()
                        ? "Send the HMAC-SHA-256 of the body in hexadecimal in the header field " + proof.header() + "."
                        : "Send the token of the source in the header field " + proof.header() + ".");
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
