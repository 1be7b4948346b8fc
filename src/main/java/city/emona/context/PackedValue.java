package city.emona.context;

import city.emona.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A look at the value of an attribute in a packed entity, without unpacking it. It is for conditions that most entities do not fulfil; what
 * they compare with may be rounded, so whoever passes is to be looked at again.
 */
public final class PackedValue {
    /** The attribute is not there. */
    public static final PackedValue ABSENT = new PackedValue(null, 0, new byte[0], 0, 0);

    /** The attribute has several instances, of which any may count. */
    public static final PackedValue SEVERAL = new PackedValue(null, 0, new byte[0], 0, 0);

    /** The most digits of a whole number that a double holds exactly. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final @Nullable AttributeType type;
    private final int tag;
    private final byte[] buffer;
    private final int from;
    private final int length;

    private PackedValue(@Nullable AttributeType type, int tag, byte[] buffer, int from, int length) {
        this.type = type;
        this.tag = tag;
        this.buffer = buffer;
        this.from = from;
        this.length = length;
    }

    /** The value of the attribute's one instance. */
    static PackedValue find(byte[] body, List<String> names, String name) {
        int wanted = names.indexOf(name);
        if (wanted < 0) {
            return ABSENT;
        }
        PackedInput in = new PackedInput(body, 0);
        in.number();
        in.number();
        in.number();
        for (long scopes = in.number(); scopes > 0; scopes--) {
            in.skip();
        }
        for (long attributes = in.number(); attributes > 0; attributes--) {
            boolean found = in.number() == wanted;
            long instances = in.number();
            if (found) {
                return instances == 1 ? value(in, body) : SEVERAL;
            }
            skipInstances(in, instances);
        }
        return ABSENT;
    }

    private static PackedValue value(PackedInput in, byte[] body) {
        AttributeType type = AttributeType.ofCode((int) in.number());
        in.number();
        in.number();
        in.number();
        int tag = (int) in.number();
        int length = PackedValues.isCounted(tag) ? (int) in.number() : 0;
        return new PackedValue(type, tag, body, in.position(), length);
    }

    private static void skipInstances(PackedInput in, long count) {
        for (long i = 0; i < count; i++) {
            in.number();
            int flags = (int) in.number();
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
                in.number();
            }
            if ((flags & PackedEntity.HAS_ATTRIBUTES) != 0) {
                for (long attributes = in.number(); attributes > 0; attributes--) {
                    in.number();
                    skipInstances(in, in.number());
                }
            }
        }
    }

    /** What kind of attribute this is; null when it is not there or has several instances. */
    public @Nullable AttributeType type() {
        return type;
    }

    public boolean isNumber() {
        return tag == PackedValues.NUMBER;
    }

    public boolean isText() {
        return tag == PackedValues.TEXT;
    }

    public boolean isJson() {
        return type != null && tag == PackedValues.JSON;
    }

    /** A number as the nearest double, or one beside it. */
    public double number() {
        long digits = 0;
        int decimals = 0;
        boolean pointSeen = false;
        int start = length > 0 && buffer[from] == '-' ? 1 : 0;
        boolean plain = length - start <= EXACT_DIGITS;
        for (int i = start; plain && i < length; i++) {
            byte c = buffer[from + i];
            if (c == '.' && !pointSeen) {
                pointSeen = true;
            } else if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                decimals += pointSeen ? 1 : 0;
            } else {
                plain = false;
            }
        }
        if (!plain) {
            return Double.parseDouble(text());
        }
        double value = digits / POWERS_OF_TEN[decimals];
        return start == 1 ? -value : value;
    }

    /** The text, or the digits of a number. */
    public String text() {
        return new String(buffer, from, length, StandardCharsets.UTF_8);
    }

    /** A hash of the text, the same as {@link #hash} gives for it. */
    public int textHash() {
        return hash(buffer, from, length);
    }

    /** A hash by which texts can be told apart, mostly. */
    public static int hash(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return hash(utf8, 0, utf8.length);
    }

    private static int hash(byte[] bytes, int from, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[from + i];
        }
        return hash;
    }

    /** The value as a tree, where it is neither a text nor a number nor a truth value. */
    public JsonNode json() {
        return Json.parse(Arrays.copyOfRange(buffer, from, from + length));
    }
}
