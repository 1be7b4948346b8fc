package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;

/**
 * A record that a source gave and that did not, or not wholly, become an entity.
 *
 * @param atMillis when it was fetched
 * @param record the record itself as JSON, cut where it is very long
 * @param reason why
 * @param partly whether the record became an entity all the same, without what the reason names
 */
public record RejectedRecord(long atMillis, String record, LocalizedText reason, boolean partly) {
    boolean sameAs(RejectedRecord other) {
        return partly == other.partly && reason.equals(other.reason) && record.equals(other.record);
    }
}
