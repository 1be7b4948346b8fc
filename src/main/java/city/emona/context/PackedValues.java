package city.emona.context;

import city.emona.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** JSON values in packed form: a tag, then text, the digits of a number, or JSON. Numbers keep their digits. */
final class PackedValues {
    static final int JSON = 0;
    static final int TEXT = 1;
    static final int NUMBER = 2;
    private static final int FALSE = 3;
    private static final int TRUE = 4;

    private PackedValues() {}

    static void write(PackedOutput out, JsonNode value) {
        if (value.isString()) {
            out.number(TEXT);
            out.string(value.stringValue());
        } else if (value.isNumber()) {
            out.number(NUMBER);
            out.string(value.asString());
        } else if (value.isBoolean()) {
            out.number(value.booleanValue() ? TRUE : FALSE);
        } else {
            out.number(JSON);
            out.json(value);
        }
    }

    static JsonNode read(PackedInput in) {
        int tag = (int) in.number();
        return switch (tag) {
            case JSON -> Json.parse(in.bytes());
            case TEXT -> StringNode.valueOf(in.string());
            case NUMBER -> number(in.string());
            case FALSE -> BooleanNode.FALSE;
            case TRUE -> BooleanNode.TRUE;
            default -> throw new IllegalArgumentException("unknown tag " + tag + " in a packed value");
        };
    }

    /** Passes over a value. */
    static void skip(PackedInput in) {
        int tag = (int) in.number();
        if (isCounted(tag)) {
            in.skip();
        }
    }

    /** Whether counted bytes follow a tag. */
    static boolean isCounted(int tag) {
        return tag != FALSE && tag != TRUE;
    }

    private static JsonNode number(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return DecimalNode.valueOf(new BigDecimal(digits));
            }
        }
        if (digits.length() < 10) {
            return IntNode.valueOf(Integer.parseInt(digits));
        }
        BigInteger integer = new BigInteger(digits);
        if (integer.bitLength() < 32) {
            return IntNode.valueOf(integer.intValue());
        }
        return integer.bitLength() < 64 ? LongNode.valueOf(integer.longValue()) : BigIntegerNode.valueOf(integer);
    }
}
