package city.emona.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client chooses for a snapshot and may change later (ETSI GS CIM 009 clause 5.2.41).
 *
 * @param lifetime how long it is to exist, an ISO 8601 duration; null for as long as the server thinks fit
 * @param priority from 1 to 10; snapshots of a low priority are the first to go when there are too many
 * @param endpoint where changes of its status are told; null for nowhere
 * @param receiverInfo headers of such notifications
 */
public record SnapshotSettings(
        @Nullable String lifetime, int priority, @Nullable String endpoint, List<ReceiverInfo> receiverInfo) {
    /** The priority where the client names none. */
    public static final int DEFAULT_PRIORITY = 5;

    /** All as the server thinks fit. */
    public static final SnapshotSettings DEFAULT = new SnapshotSettings(null, DEFAULT_PRIORITY, null, List.of());

    public SnapshotSettings {
        receiverInfo = List.copyOf(receiverInfo);
    }
}
