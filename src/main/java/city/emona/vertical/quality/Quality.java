package city.emona.vertical.quality;

import city.emona.context.Entity;
import city.emona.time.Timestamps;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How good a dataset is.
 *
 * @param shares in per cent; what cannot be measured is absent
 * @param status whether what is promised holds
 * @param since since when it has had this status, in epoch milliseconds
 */
public record Quality(Map<Dimension, Double> shares, Status status, long since) {
    /** Whether what is promised of a dataset holds. */
    public enum Status {
        KEPT("kept"),
        BROKEN("broken"),
        /** There are no entities. */
        UNKNOWN("unknown");

        private final String term;

        Status(String term) {
            this.term = term;
        }

        /** The word in data. */
        public String term() {
            return term;
        }
    }

    public Quality {
        shares = Map.copyOf(shares);
    }

    /** Reads the entity that tells the quality of a dataset. */
    public static Quality of(Entity entity) {
        Map<Dimension, Double> shares = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            entity.findValue(QualityTerms.share(dimension))
                    .filter(JsonNode::isNumber)
                    .ifPresent(share -> shares.put(dimension, share.doubleValue()));
        }
        String word = entity.findText(QualityTerms.STATUS).orElse("");
        Status status = Status.UNKNOWN;
        for (Status known : Status.values()) {
            status = known.term.equals(word) ? known : status;
        }
        long since = entity.findValue(QualityTerms.SINCE)
                .map(value ->
                        Timestamps.parse(value.path("@value").asString("")).orElse(entity.createdAt()))
                .orElse(entity.createdAt());
        return new Quality(shares, status, since);
    }
}
