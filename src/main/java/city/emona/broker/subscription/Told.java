package city.emona.broker.subscription;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What one notification is about: the content of a {@link city.emona.broker.delivery.Dispatch}. */
sealed interface Told {
    /** All entities that match when it is sent. */
    record Everything() implements Told {}

    /**
     * Changes of one commit.
     *
     * @param at when it was, in epoch milliseconds
     */
    record Changes(long at, List<NotedChange> changes) implements Told {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** The form of the bytes, which is their first one. */
    int EVERYTHING = 0;

    /** The same, of changes. */
    int CHANGES = 1;

    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Everything() -> out.writeByte(EVERYTHING);
                case Changes(long at, var changes) -> {
                    out.writeByte(CHANGES);
                    out.writeLong(at);
                    out.writeInt(changes.size());
                    for (NotedChange change : changes) {
                        change.write(out);
                    }
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
     * @throws IllegalArgumentException when the bytes are something else
     */
    static Told read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int form = in.readByte();
            if (form == EVERYTHING) {
                return new Everything();
            }
            if (form != CHANGES) {
                throw new IllegalArgumentException("the bytes have a form that is not known");
            }
            long at = in.readLong();
            List<NotedChange> changes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                changes.add(NotedChange.read(in));
            }
            return new Changes(at, changes);
        } catch (IOException e) {
            throw new IllegalArgumentException("the bytes say nothing that could be told", e);
        }
    }
}
