package city.emona.store.local;

import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.store.InstanceId;
import city.emona.store.local.RocksFiles.Family;
import java.nio.charset.StandardCharsets;

/** The numbers that no two commits may have: versions, and ids of instances. They go on where they were when the store was closed. */
final class Counters {
    private static final byte[] KEY = "last".getBytes(StandardCharsets.US_ASCII);

    private long version;
    private long recordedAt;
    private int number;

    /**
     * Goes on from what the files hold.
     *
     * @param version of the newest entity
     */
    static Counters load(RocksFiles files, long version) {
        Counters counters = new Counters();
        counters.version = version;
        try (RocksView view = files.view()) {
            view.find(Family.COUNTERS, KEY).ifPresent(value -> {
                PackedInput in = new PackedInput(value, 0);
                counters.version = Math.max(version, in.number());
                counters.recordedAt = in.number() + 1;
            });
        }
        return counters;
    }

    static byte[] key() {
        return KEY;
    }

    byte[] value() {
        PackedOutput out = new PackedOutput();
        out.number(version);
        out.number(recordedAt);
        return out.toBytes();
    }

    /** The version of the last commit. */
    long version() {
        return version;
    }

    long nextVersion() {
        return ++version;
    }

    /** An id for what is recorded at a time, or a little later where the clock went back. */
    InstanceId nextId(long now) {
        if (now > recordedAt) {
            recordedAt = now;
            number = 0;
        }
        return new InstanceId(recordedAt, number++, 0);
    }
}
