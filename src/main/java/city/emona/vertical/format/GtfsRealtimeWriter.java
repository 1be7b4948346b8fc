package city.emona.vertical.format;

import city.emona.vertical.format.GtfsRealtimeSchema.Field;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Encodes a GTFS-Realtime message with the names of the reference as a protocol buffer: what {@link GtfsRealtimeRecords} reads. */
final class GtfsRealtimeWriter {
    private static final int MAX_DEPTH = 12;
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int WITH_LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private GtfsRealtimeWriter() {}

    /** @throws IllegalArgumentException when a member is no field, or does not fit it */
    static byte[] bytes(Map<?, ?> message) {
        return message(message, "FeedMessage", 0);
    }

    private static byte[] message(Map<?, ?> message, String kind, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("messages nest too deep");
        }
        Map<Integer, Field> fields = GtfsRealtimeSchema.fields(kind);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (var member : message.entrySet()) {
            var field = fields.entrySet().stream()
                    .filter(known -> known.getValue().name().equals(member.getKey()))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("»" + member.getKey() + "« is no field of " + kind));
            Object value = member.getValue();
            Collection<?> values = field.getValue().repeats() && value instanceof Collection<?> list
                    ? list
                    : value == null ? List.of() : List.of(value);
            values.forEach(one -> field(out, field.getKey(), field.getValue(), one, depth));
        }
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, Field field, Object value, int depth) {
        if (GtfsRealtimeSchema.isMessage(field.kind())) {
            if (!(value instanceof Map<?, ?> inner)) {
                throw unfit(field, value);
            }
            withLength(out, number, message(inner, field.kind(), depth + 1));
            return;
        }
        switch (field.kind()) {
            case "text" -> withLength(out, number, value.toString().getBytes(StandardCharsets.UTF_8));
            case "float" -> {
                tag(out, number, FOUR_BYTES);
                out.writeBytes(little(4).putFloat((float) number(field, value)).array());
            }
            case "double" -> {
                tag(out, number, EIGHT_BYTES);
                out.writeBytes(little(8).putDouble(number(field, value)).array());
            }
            case "truth" -> {
                if (!(value instanceof Boolean truth)) {
                    throw unfit(field, value);
                }
                tag(out, number, VARINT);
                varint(out, truth ? 1 : 0);
            }
            case "number" -> {
                tag(out, number, VARINT);
                varint(out, Math.round(number(field, value)));
            }
            default -> {
                OptionalLong constant = GtfsRealtimeSchema.findNumber(field.kind(), value.toString());
                tag(out, number, VARINT);
                varint(out, constant.orElseThrow(() -> unfit(field, value)));
            }
        }
    }

    private static IllegalArgumentException unfit(Field field, @Nullable Object value) {
        return new IllegalArgumentException("»" + value + "« is no " + field.kind() + " for " + field.name());
    }

    private static double number(Field field, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return Double.parseDouble(value.toString());
        } catch (NumberFormatException _) {
            throw unfit(field, value);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void withLength(ByteArrayOutputStream out, int number, byte[] content) {
        tag(out, number, WITH_LENGTH);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void tag(ByteArrayOutputStream out, int number, int wire) {
        varint(out, ((long) number << 3) | wire);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
