package city.emona.vertical.rule;

import city.emona.broker.delivery.Message;
import city.emona.vertical.LocalizedText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An alert as an e-mail: plain text, Slovene first, then English. */
record AlertLetter(Alert alert, boolean raised, String city) {

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
        text.append("Resnost: ").append(slovene()).append("\nVelja od: ").append(Wording.moment(since, "sl"));
        if (!raised && alert.validTo() > 0) {
            text.append("\nKonec: ")
                    .append(Wording.moment(Instant.ofEpochMilli(alert.validTo()), "sl"))
                    .append("\n")
                    .append(alert.clearedBecause().sl());
        }
        text.append("\n\n— English —\n\n").append(alert.message().en()).append("\n\n");
        text.append("Severity: ")
                .append(alert.severity().word())
                .append("\nSince: ")
                .append(Wording.moment(since, "en"));
        if (!raised && alert.validTo() > 0) {
            text.append("\nOver: ")
                    .append(Wording.moment(Instant.ofEpochMilli(alert.validTo()), "en"))
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
