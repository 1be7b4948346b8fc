package city.emona.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes over a packed entity without reading its values, and notes what it is made of and when the first of its attributes expires. */
final class PackedWalk {
    private final PackedInput in;
    private final List<String> names;
    private final EntityKind.Builder kind;
    private long firstExpiry;

    PackedWalk(byte[] body, List<String> types, List<String> names) {
        this.in = new PackedInput(body, 0);
        this.names = names;
        this.kind = new EntityKind.Builder(types);
        in.number();
        in.number();
        in.number();
        in.skipStrings();
        attributes(kind);
    }

    private void attributes(EntityKind.@Nullable Builder into) {
        int count = (int) in.number();
        for (int i = 0; i < count; i++) {
            String name = names.get((int) in.number());
            if (into != null) {
                into.begin(name);
            }
            int instances = (int) in.number();
            for (int k = 0; k < instances; k++) {
                AttributeType type = AttributeType.ofCode((int) in.number());
                if (into != null) {
                    into.add(type);
                }
                rest((int) in.number());
            }
        }
    }

    private void rest(int flags) {
        in.number();
        in.number();
        PackedValues.skip(in);
        if ((flags & PackedEntity.HAS_DATASET) != 0) {
            in.skip();
        }
        if ((flags & PackedEntity.HAS_OBSERVED_AT) != 0) {
            in.skip();
        }
        if ((flags & PackedEntity.HAS_UNIT_CODE) != 0) {
            in.skip();
        }
        if ((flags & PackedEntity.HAS_QUALIFIER_TYPE) != 0) {
            PackedValues.skip(in);
        }
        if ((flags & PackedEntity.HAS_EXPIRY) != 0) {
            long expiry = in.number();
            firstExpiry = firstExpiry == 0 ? expiry : Math.min(firstExpiry, expiry);
        }
        if ((flags & PackedEntity.HAS_ATTRIBUTES) != 0) {
            attributes(null);
        }
    }

    EntityKind kind() {
        return kind.build();
    }

    /** In epoch milliseconds; 0 for never. */
    long firstExpiry() {
        return firstExpiry;
    }
}
