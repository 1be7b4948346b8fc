package city.emona.vertical.rule;

import city.emona.context.Entity;
import city.emona.time.Timestamps;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Severity;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An alert, read from its entity; what is missing there is empty, since anyone may write entities. Times are epoch milliseconds, 0 for never.
 *
 * @param about the id of the entity that it is about
 * @param validFrom since when the tests held
 * @param validTo when it was over
 * @param clearedBecause why it is over; the same as the message while it is not
 * @param reasons what was measured, and against what
 */
public record Alert(
        String id,
        LocalizedText title,
        LocalizedText message,
        Severity severity,
        AlertState state,
        String category,
        String vertical,
        String rule,
        String about,
        long issuedAt,
        long validFrom,
        long validTo,
        long acknowledgedAt,
        String acknowledgedBy,
        String note,
        LocalizedText clearedBecause,
        List<JsonNode> reasons,
        boolean isDemo) {
    public Alert {
        reasons = List.copyOf(reasons);
    }

    /** Reads the entity of an alert. */
    public static Alert of(Entity entity) {
        LocalizedText message = languages(entity, AlertTerms.DESCRIPTION);
        long issuedAt = time(entity, AlertTerms.DATE_ISSUED);
        return new Alert(
                entity.id(),
                languages(entity, AlertTerms.NAME),
                message,
                Severity.find(text(entity, AlertTerms.SEVERITY)).orElse(Severity.INFORMATION),
                AlertState.find(text(entity, AlertTerms.STATE)).orElse(AlertState.RAISED),
                text(entity, AlertTerms.CATEGORY),
                text(entity, AlertTerms.VERTICAL),
                text(entity, AlertTerms.RULE),
                text(entity, AlertTerms.SOURCE),
                issuedAt == 0 ? entity.createdAt() : issuedAt,
                time(entity, AlertTerms.VALID_FROM),
                time(entity, AlertTerms.VALID_TO),
                time(entity, AlertTerms.ACKNOWLEDGED_AT),
                text(entity, AlertTerms.ACKNOWLEDGED_BY),
                text(entity, AlertTerms.NOTE),
                languages(entity, AlertTerms.CLEARED_BECAUSE),
                entity.findValue(AlertTerms.DATA)
                        .map(data -> data.isArray() ? data.valueStream().toList() : List.<JsonNode>of())
                        .orElse(List.of()),
                entity.findValue(PlatformTerms.IS_DEMO)
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::booleanValue)
                        .orElse(false));
    }

    private static String text(Entity entity, String name) {
        return entity.findText(name).orElse("");
    }

    private static long time(Entity entity, String name) {
        return entity.findValue(name)
                .map(value -> Timestamps.parse(value.path("@value").asString(value.asString("")))
                        .orElse(0))
                .orElse(0L);
    }

    private static LocalizedText languages(Entity entity, String name) {
        JsonNode value = entity.findValue(name).orElse(null);
        if (value == null) {
            return LocalizedText.same("–");
        }
        String plain = value.asString("–");
        String sl = value.path("sl").asString(plain);
        return new LocalizedText(
                sl.isBlank() ? "–" : sl,
                value.path("en").asString(sl).isBlank() ? "–" : value.path("en").asString(sl));
    }
}
