package city.emona.store.local;

import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.store.LogEntry;
import city.emona.store.Tenant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of the log's entries on disk. The key is the position, as eight bytes; the value is the number 1, when it was committed, the tenant,
 * the ids, the types that were lost, and, where there is one, the notice.
 */
final class CommitLog {
    private static final int FORM = 1;

    private CommitLog() {}

    static byte[] key(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte[] value(
            long committedAt, Tenant tenant, List<String> ids, List<String> formerTypes, byte @Nullable [] notice) {
        PackedOutput out = new PackedOutput();
        out.number(FORM);
        out.number(committedAt);
        out.string(tenant.key());
        out.strings(ids);
        out.strings(formerTypes);
        out.number(notice == null ? 0 : 1);
        if (notice != null) {
            out.bytes(notice);
        }
        return out.toBytes();
    }

    static LogEntry entry(byte[] key, byte[] value) {
        PackedInput in = new PackedInput(value, 0);
        if (in.number() != FORM) {
            throw new IllegalArgumentException("an entry of the log has an unknown form");
        }
        long committedAt = in.number();
        Tenant tenant = Tenant.ofKey(in.string());
        List<String> ids = in.strings();
        Set<String> formerTypes = Set.copyOf(in.strings());
        return new LogEntry(position(key), committedAt, tenant, ids, formerTypes, in.number() == 0 ? null : in.bytes());
    }

    /** Entries behind a position. */
    static List<LogEntry> read(RocksView view, long after, int limit) {
        List<LogEntry> entries = new ArrayList<>();
        if (limit > 0) {
            view.forEach(RocksFiles.Family.LOG, key(after + 1), new byte[0], (key, value) -> {
                entries.add(entry(key, value));
                return entries.size() < limit;
            });
        }
        return entries;
    }
}
