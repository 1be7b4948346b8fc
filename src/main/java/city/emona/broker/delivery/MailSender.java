package city.emona.broker.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Sends messages as e-mail by SMTP (RFC 5321), each on a connection of its own: the body as text, the address after {@code mailto:}. A
 * server that answers 5xx has refused the message for good. Safe for use by many threads.
 */
public final class MailSender implements Sender {
    private static final int PERMANENT = 500;

    private final MailSettings settings;
    private final InstantSource clock;
    private final Session session;

    public MailSender(MailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        Properties properties = new Properties();
        String millis = Long.toString(settings.timeout().toMillis());
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        boolean starts = settings.security() == MailSettings.Security.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starts));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starts));
        properties.setProperty(
                "mail.smtp.ssl.enable", Boolean.toString(settings.security() == MailSettings.Security.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.mime.allowutf8", "false");
        return properties;
    }

    @Override
    public Outcome send(Message message) {
        if (settings.host().isEmpty()) {
            return new Outcome.Refused("No mail server is configured.");
        }
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage mail = mail(message);
            if (settings.user().isEmpty()) {
                transport.connect();
            } else {
                transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
            }
            transport.sendMessage(mail, mail.getAllRecipients());
            return new Outcome.Delivered();
        } catch (AuthenticationFailedException e) {
            return new Outcome.Failed("The mail server does not take the user and the password.");
        } catch (SendFailedException e) {
            return refused(e);
        } catch (MessagingException e) {
            return new Outcome.Failed("The e-mail could not be handed over: " + e.getMessage() + ".");
        }
    }

    private MimeMessage mail(Message message) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        String address = Addresses.decoded(message.endpoint().getRawSchemeSpecificPart());
        mail.setFrom(new InternetAddress(settings.from(), true));
        mail.setRecipients(jakarta.mail.Message.RecipientType.TO, new Address[] {new InternetAddress(address, true)});
        for (Message.Header header : message.headers()) {
            if (header.name().equals("Subject")) {
                mail.setSubject(header.value(), StandardCharsets.UTF_8.name());
            } else {
                mail.setHeader(header.name(), header.value());
            }
        }
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(new String(message.body(), StandardCharsets.UTF_8), StandardCharsets.UTF_8.name());
        return mail;
    }

    /** An answer of 5xx to the sender, the receiver or the message will not change; all others may. */
    private static Outcome refused(SendFailedException e) {
        for (Exception cause = e;
                cause != null;
                cause = cause instanceof MessagingException m ? m.getNextException() : null) {
            int code =
                    switch (cause) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        case SMTPSendFailedException sending -> sending.getReturnCode();
                        default -> 0;
                    };
            if (code >= PERMANENT) {
                return new Outcome.Refused("The mail server refused the e-mail with " + code + ".");
            }
        }
        return new Outcome.Failed("The mail server did not take the e-mail: " + e.getMessage() + ".");
    }

    @Override
    public void close() {
        // each connection is closed behind its message
    }
}
