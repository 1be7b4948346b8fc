package city.emona.broker.subscription;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is to be told what of a change-set; it is committed with it.
 *
 * @param changes in the order of the change-set
 * @param bySubscription which of them each subscription is told, as their places in the list, in order
 */
record Notice(List<NotedChange> changes, Map<String, List<Integer>> bySubscription) {
    /** The form of the bytes, which is their first one. */
    private static final int FORM = 1;

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeInt(changes.size());
            for (NotedChange change : changes) {
                change.write(out);
            }
            out.writeInt(bySubscription.size());
            for (Map.Entry<String, List<Integer>> entry : bySubscription.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().size());
                for (int place : entry.getValue()) {
                    out.writeInt(place);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #bytes} gave.
     *
     * @throws IllegalArgumentException when the bytes are no notice
     */
    static Notice read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("the bytes are a notice of a form that is not known");
            }
            List<NotedChange> changes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                changes.add(NotedChange.read(in));
            }
            Map<String, List<Integer>> bySubscription = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String id = in.readUTF();
                List<Integer> places = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    places.add(in.readInt());
                }
                bySubscription.put(id, places);
            }
            return new Notice(changes, bySubscription);
        } catch (IOException e) {
            throw new IllegalArgumentException("the bytes are no notice", e);
        }
    }
}
