package city.emona.broker.subscription;

import city.emona.json.Json;
import city.emona.time.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the notifications of one subscription (ETSI GS CIM 009 clause 5.2.14.2); times are epoch milliseconds, 0 for never. Safe
 * for use by many threads.
 */
final class DeliveryRecord {
    private long timesSent;
    private long timesFailed;
    private long lastNotification;
    private long lastSuccess;
    private long lastFailure;
    private boolean failed;

    /** When the last notification was written that was not held back. */
    private long claimedAt;

    /** Which commit that one was about. */
    private long claimedPosition;

    private boolean dirty;

    DeliveryRecord() {}

    /** Reads what {@link #takeChanged} gave. */
    static DeliveryRecord read(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        DeliveryRecord record = new DeliveryRecord();
        record.timesSent = json.required("timesSent").longValue();
        record.timesFailed = json.required("timesFailed").longValue();
        record.lastNotification = json.required("lastNotification").longValue();
        record.lastSuccess = json.required("lastSuccess").longValue();
        record.lastFailure = json.required("lastFailure").longValue();
        record.failed = json.required("failed").booleanValue();
        record.claimedAt = record.lastSuccess;
        return record;
    }

    /** The record as it is kept, if it changed since it was last asked for; null otherwise. */
    synchronized byte @Nullable [] takeChanged() {
        if (!dirty) {
            return null;
        }
        dirty = false;
        return Json.bytes(Json.object()
                .put("timesSent", timesSent)
                .put("timesFailed", timesFailed)
                .put("lastNotification", lastNotification)
                .put("lastSuccess", lastSuccess)
                .put("lastFailure", lastFailure)
                .put("failed", failed));
    }

    /** Whether the last notification did not arrive. */
    synchronized boolean isFailing() {
        return failed;
    }

    /** Takes back that the record was kept. */
    synchronized void keepAgain() {
        dirty = true;
    }

    synchronized void delivered(long at) {
        timesSent++;
        lastNotification = Math.max(lastNotification, at);
        lastSuccess = Math.max(lastSuccess, at);
        failed = false;
        dirty = true;
    }

    synchronized void failed(long at) {
        timesSent++;
        timesFailed++;
        lastNotification = Math.max(lastNotification, at);
        lastFailure = Math.max(lastFailure, at);
        failed = true;
        dirty = true;
    }

    /** Takes note that a notification could not even be made. */
    synchronized void broken(long at) {
        lastFailure = Math.max(lastFailure, at);
        failed = true;
        dirty = true;
    }

    /**
     * Whether a notification may be sent now, rather than be dropped because the one before it went out too short a time ago. One that is
     * tried again may.
     *
     * @param position of the commit that it is about
     */
    synchronized boolean claim(long position, long now, long throttlingMillis) {
        boolean again = position == claimedPosition && claimedAt != 0;
        if (!again && claimedAt != 0 && now - claimedAt < throttlingMillis) {
            return false;
        }
        if (!again) {
            claimedAt = now;
            claimedPosition = position;
        }
        return true;
    }

    /** Adds the members of clause 5.2.14.2; what never happened is left out. */
    synchronized void addTo(ObjectNode notification) {
        if (lastNotification != 0 || lastFailure != 0) {
            notification.put("status", failed ? "failed" : "ok");
        }
        putCount(notification, "timesSent", timesSent);
        putCount(notification, "timesFailed", timesFailed);
        putTime(notification, "lastNotification", lastNotification);
        putTime(notification, "lastSuccess", lastSuccess);
        putTime(notification, "lastFailure", lastFailure);
    }

    private static void putCount(ObjectNode json, String name, long count) {
        if (count != 0) {
            json.put(name, count);
        }
    }

    private static void putTime(ObjectNode json, String name, long millis) {
        if (millis != 0) {
            json.put(name, Timestamps.format(millis));
        }
    }
}
