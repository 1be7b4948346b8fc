package city.emona.store.local;

import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.store.HistoryPoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/**
 * A column of decimal numbers that keep their digits: as whole numbers of the smallest decimal place that occurs, and how many places each
 * was written with.
 */
final class NumberValues {
    private static final int MOST_PLACES = 9;

    /** What a double holds exactly. */
    private static final long MOST = 1L << 53;

    private static final long[] POWERS = new long[MOST_PLACES + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private final long[] units;
    private final int[] places;
    private final int mostPlaces;

    private NumberValues(long[] units, int[] places, int mostPlaces) {
        this.units = units;
        this.places = places;
        this.mostPlaces = mostPlaces;
    }

    /** The values of instances; null where they are not all numbers of few digits. */
    static @Nullable NumberValues of(List<HistoryPoint> points) {
        int[] places = new int[points.size()];
        int mostPlaces = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = placesOf(points.get(i).instance().value());
            if (places[i] < 0) {
                return null;
            }
            mostPlaces = Math.max(mostPlaces, places[i]);
        }
        long[] units = new long[places.length];
        for (int i = 0; i < units.length; i++) {
            BigInteger unscaled = points.get(i)
                    .instance()
                    .value()
                    .decimalValue()
                    .setScale(mostPlaces)
                    .unscaledValue();
            if (unscaled.bitLength() >= Long.SIZE - 1 || Math.abs(unscaled.longValue()) > MOST) {
                return null;
            }
            units[i] = unscaled.longValue();
        }
        return new NumberValues(units, places, mostPlaces);
    }

    /** With how many decimal places a number was written; -1 for what is to be kept otherwise. */
    private static int placesOf(JsonNode value) {
        if (value.isInt() || value.isLong()) {
            return 0;
        }
        if (value instanceof DecimalNode decimal) {
            int scale = decimal.decimalValue().scale();
            return scale > 0 && scale <= MOST_PLACES ? scale : -1;
        }
        return -1;
    }

    byte[] bytes() {
        PackedOutput out = new PackedOutput();
        out.number(mostPlaces);
        long last = 0;
        for (long unit : units) {
            out.signed(unit - last);
            last = unit;
        }
        for (int place : places) {
            out.number(place);
        }
        return out.toBytes();
    }

    /** Reads the numbers as the nearest doubles. */
    static void read(PackedInput in, double[] target, int count) {
        double power = POWERS[(int) in.number()];
        long last = 0;
        for (int i = 0; i < count; i++) {
            last += in.signed();
            target[i] = last / power;
        }
    }

    /** Reads the numbers from one place to before another, with the digits that they came with. */
    static List<JsonNode> readNodes(PackedInput in, int count, int from, int to) {
        int mostPlaces = (int) in.number();
        long[] units = new long[count];
        Differences.readFirst(in, units, count);
        List<JsonNode> values = new ArrayList<>(to - from);
        for (int i = 0; i < to; i++) {
            int places = (int) in.number();
            if (i >= from) {
                values.add(node(units[i] / POWERS[mostPlaces - places], places));
            }
        }
        return values;
    }

    private static JsonNode node(long unscaled, int places) {
        if (places > 0) {
            return DecimalNode.valueOf(BigDecimal.valueOf(unscaled, places));
        }
        return unscaled == (int) unscaled ? IntNode.valueOf((int) unscaled) : LongNode.valueOf(unscaled);
    }
}
