package city.emona.vertical.rule;

import city.emona.broker.delivery.Message;
import city.emona.vertical.LocalizedText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An alert as an e-mail: plain text, Slovene first, then English. */
record AlertLetter(Alert alert, boolean raised, String city) {
    private static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");
    private static final DateTimeFormatter SLOVENE =
            DateTimeFormatter.ofPattern("d. M. uuuu 'ob' H.mm", Locale.of("sl")).withZone(ZONE);
    private static final DateTimeFormatter ENGLISH =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' H:mm", Locale.UK).withZone(ZONE);

    Message message(URI endpoint) {
        return new Message(
                endpoint,
                "text/plain; charset=utf-8",
                List.of(new Message.Header("Subject", subject())),
                body().getBytes(StandardCharsets.UTF_8),
                null,
                null,
                null);
    }

    private String subject() {
        LocalizedText title = alert.title();
        return "[" + city + "] "
                + (raised ? title.sl() + " / " + title.en() : "Konec: " + title.sl() + " / Over: " + title.en());
    }

    private String body() {
        Instant since = Instant.ofEpochMilli(alert.validFrom() == 0 ? alert.issuedAt() : alert.validFrom());
        StringBuilder text = new StringBuilder();
        text.append(alert.message().sl()).append("\n\n");
        text.append("Resnost: ").append(slovene()).append("\nVelja od: ").append(SLOVENE.format(since));
        if (!raised && alert.validTo() > 0) {
            text.append("\nKonec: ")
                    .append(SLOVENE.format(Instant.ofEpochMilli(alert.validTo())))
                    .append("\n")
                    .append(alert.clearedBecause().sl());
        }
        text.append("\n\n— English —\n\n").append(alert.message().en()).append("\n\n");
        text.append("Severity: ")
                .append(alert.severity().word())
                .append("\nSince: ")
                .append(ENGLISH.format(since));
        if (!raised && alert.validTo() > 0) {
            text.append("\nOver: ")
                    .append(ENGLISH.format(Instant.ofEpochMilli(alert.validTo())))
                    .append("\n")
                    .append(alert.clearedBecause().en());
        }
        text.append("\n\n").append(alert.vertical()).append(" / ").append(alert.rule());
        return text.append("\n")
                .append(alert.about())
                .append("\n")
                .append(alert.id())
                .append("\n")
                .toString();
    }

    private String slovene() {
        return switch (alert.severity()) {
            case INFORMATION -> "obvestilo";
            case MINOR -> "manjša";
            case MAJOR -> "večja";
            case CRITICAL -> "kritična";
        };
    }
}
