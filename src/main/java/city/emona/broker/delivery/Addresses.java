package city.emona.broker.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What of the address of an endpoint may be shown. */
public final class Addresses {
    private static final Pattern PASSWORD = Pattern.compile("(//[^/?#@:]*):[^/?#]*@");
    private static final int ID_BYTES = 6;

    private Addresses() {}

    /** The address without its password. */
    public static String masked(String address) {
        return PASSWORD.matcher(address).replaceFirst("$1:***@");
    }

    /**
     * A short name of the address that tells nothing of its password.
     *
     * @param salt a secret of this installation, without which a password could be guessed from the name
     */
    static String id(String address, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] hash = digest.digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The user and the password of an address, each percent-decoded; empty where it has none. */
    static Credentials credentials(URI address) {
        String info = address.getRawUserInfo();
        if (info == null) {
            return new Credentials("", "");
        }
        int colon = info.indexOf(':');
        return colon < 0
                ? new Credentials(decoded(info), "")
                : new Credentials(decoded(info.substring(0, colon)), decoded(info.substring(colon + 1)));
    }

    /** Who signs in at a receiver. */
    record Credentials(String user, String password) {
        boolean isEmpty() {
            return user.isEmpty() && password.isEmpty();
        }

        @Override
        public String toString() {
            return user + ":***";
        }
    }

    /** Decodes percent signs; the parts of a URI are known to be well formed. */
    static String decoded(String part) {
        return URI.create("x:/" + part).getPath().substring(1);
    }
}
