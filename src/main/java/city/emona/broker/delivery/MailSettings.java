package city.emona.broker.delivery;

import java.time.Duration;

/**
 * Through which server e-mail goes.
 *
 * @param host empty where there is none, so that no e-mail can be sent
 * @param security how the connection is protected
 * @param from the address that e-mail comes from
 * @param user empty where the server asks for none
 * @param password of the user
 * @param timeout how long the server may take for each step
 */
public record MailSettings(
        String host, int port, Security security, String from, String user, String password, Duration timeout) {
    /** How the connection to a server is protected. */
    public enum Security {
        /** Not at all, for a server on the same machine. */
        NONE,
        /** It begins in the open and must be protected before anything is said (RFC 3207). */
        STARTTLS,
        /** From its beginning. */
        TLS
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
