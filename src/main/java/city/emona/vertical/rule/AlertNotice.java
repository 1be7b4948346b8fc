package city.emona.vertical.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a commit that have to be told, beside the notice of another watcher.
 *
 * @param other what the other watcher said; null for nothing
 */
record AlertNotice(byte @Nullable [] other, List<Told> alerts) {
    /** The form of the bytes, which is their first one; no other watcher begins with it. */
    private static final byte FORM = 65;

    AlertNotice {
        alerts = List.copyOf(alerts);
    }

    /** That an alert was raised, or is over. */
    record Told(String alertId, boolean raised) {}

    /** The bytes for the log: those of the other watcher alone, where there are no alerts. */
    byte @Nullable [] bytes() {
        if (alerts.isEmpty()) {
            return other;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeInt(alerts.size());
            for (Told told : alerts) {
                out.writeUTF(told.alertId);
                out.writeBoolean(told.raised);
            }
            if (other != null) {
                out.write(other);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #bytes} gave. */
    static AlertNotice read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0 || bytes[0] != FORM) {
            return new AlertNotice(bytes, List.of());
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            List<Told> alerts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                alerts.add(new Told(in.readUTF(), in.readBoolean()));
            }
            byte[] rest = in.readAllBytes();
            return new AlertNotice(rest.length == 0 ? null : rest, alerts);
        } catch (IOException e) {
            throw new IllegalArgumentException("the bytes are no notice of alerts", e);
        }
    }
}
