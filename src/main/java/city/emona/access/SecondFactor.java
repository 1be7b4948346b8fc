package city.emona.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second factor: codes of six digits from an application (TOTP, RFC 6238, with SHA-1 and steps of 30 s, which all applications have),
 * and codes on paper for when that is lost. Each code counts once.
 *
 * @param secret in Base32
 * @param lastStep the step of the last code that was taken; no code of it or of an earlier one is taken again
 * @param recovery the hashes of the codes on paper that are left
 */
public record SecondFactor(String secret, long lastStep, List<String> recovery) {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final long STEP_MILLIS = 30_000;
    private static final int DIGITS = 1_000_000;

    public SecondFactor {
        recovery = List.copyOf(recovery);
    }

    /** A new secret of 160 random bits. */
    public static String drawSecret() {
        return base32(Tokens.bytes(SECRET_BYTES));
    }

    /** New codes for paper, of 80 random bits each, in groups of four. */
    static List<String> drawRecovery() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            codes.add(base32(Tokens.bytes(RECOVERY_BYTES)).replaceAll("(.{4})(?=.)", "$1-"));
        }
        return codes;
    }

    static SecondFactor of(String secret, long lastStep, List<String> codes) {
        return new SecondFactor(
                secret, lastStep, codes.stream().map(SecondFactor::hash).toList());
    }

    private static String hash(String code) {
        return Tokens.hash(code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
    }

    /**
     * The factor after a code was taken; empty when the code is wrong or was taken before. Codes of the step before and after the present
     * one are taken, since clocks differ.
     */
    Optional<SecondFactor> take(String code, long now) {
        String typed = code.replaceAll("\\s", "");
        Optional<Long> step = findStep(secret, typed, now).filter(found -> found > lastStep);
        if (step.isPresent()) {
            return Optional.of(new SecondFactor(secret, step.get(), recovery));
        }
        String hash = hash(typed);
        if (!recovery.contains(hash)) {
            return Optional.empty();
        }
        return Optional.of(new SecondFactor(
                secret,
                lastStep,
                recovery.stream().filter(one -> !one.equals(hash)).toList()));
    }

    /** The step near the present one to which a code belongs. */
    static Optional<Long> findStep(String secret, String code, long now) {
        long present = now / STEP_MILLIS;
        for (long step = present - 1; step <= present + 1; step++) {
            if (Tokens.same(code(secret, step), code)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** The code of a moment. */
    static String codeAt(String secret, long millis) {
        return code(secret, millis / STEP_MILLIS);
    }

    private static String code(String secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return "%06d".formatted(number % DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte one : bytes) {
            held = ((held << 8) | (one & 0xff)) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt((held >> bits) & 31));
            }
        }
        return text.toString();
    }

    private static byte[] bytes(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int held = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            held = ((held << 5) | BASE32.indexOf(base32.charAt(i))) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
            }
        }
        return bytes.array();
    }
}
