package city.emona.access;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106), written as PHC strings. A hash takes 32 MB of memory and about 100 ms of a processor; two are
 * computed at once, and of those who wait for longer than some seconds the last are sent away, so that signing in cannot exhaust the memory.
 */
final class Passwords {
    static final int LEAST_LENGTH = 12;
    static final int MOST_LENGTH = 200;

    private static final int MEMORY_KILOBYTES = 32 * 1024;
    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 32;
    private static final int PATIENCE_SECONDS = 10;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Semaphore computing = new Semaphore(AT_ONCE, true);

    /** A hash that no password has, with which is compared what is said of accounts that do not exist. */
    private static final String NOBODYS =
            phc(new byte[SALT_BYTES], new byte[HASH_BYTES], MEMORY_KILOBYTES, PASSES, LANES);

    /**
     * Refuses what cannot be a password.
     *
     * @param login of the account, which must not be its own password
     * @throws Problem of type BadRequestData
     */
    static void check(String password, String login) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST_LENGTH || length > MOST_LENGTH) {
            throw Problem.badRequestData(
                    "The password has " + length + " characters.",
                    "Use at least " + LEAST_LENGTH + ", such as four words, and at most " + MOST_LENGTH + ".");
        }
        if (password.equalsIgnoreCase(login) || password.chars().distinct().count() < 5) {
            throw Problem.badRequestData(
                    "The password is too easy to guess.", "Use four words that do not belong together.");
        }
    }

    /** The PHC string of a password. */
    String hash(String password) {
        return computed(() -> hash(password, Tokens.bytes(SALT_BYTES)));
    }

    /**
     * Whether a password is the one of a PHC string; takes as long for an account without a password.
     *
     * @param phc empty for none
     */
    boolean matches(String password, String phc) {
        Matcher parts = PHC.matcher(phc.isEmpty() ? NOBODYS : phc);
        if (!parts.matches()) {
            throw new IllegalStateException("the hash of a password is damaged");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] computed = computed(() -> argon2(
                password,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length));
        return MessageDigest.isEqual(computed, expected) && !phc.isEmpty();
    }

    private <T> T computed(Supplier<T> work) {
        try {
            if (computing.getQueueLength() >= MOST_WAITING
                    || !computing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(
                        ProblemType.UNAVAILABLE, "Too many people are signing in at once.", "Try again in a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemType.UNAVAILABLE, "The server is stopping.", "Try again in a moment.");
        }
        try {
            return work.get();
        } finally {
            computing.release();
        }
    }

    private static String hash(String password, byte[] salt) {
        byte[] hash = argon2(password, salt, MEMORY_KILOBYTES, PASSES, LANES, HASH_BYTES);
        return phc(salt, hash, MEMORY_KILOBYTES, PASSES, LANES);
    }

    private static String phc(byte[] salt, byte[] hash, int memory, int passes, int lanes) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    private static byte[] argon2(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        // the same letters may be typed as one character or as two
        char[] typed = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        generator.generateBytes(typed, hash);
        Arrays.fill(typed, ' ');
        return hash;
    }
}
