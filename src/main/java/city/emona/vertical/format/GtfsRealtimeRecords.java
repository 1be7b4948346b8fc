package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.format.GtfsRealtimeSchema.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a GTFS-Realtime message in protocol buffers: each has {@code vehicle}, {@code trip_update} or {@code alert}, with the names
 * of the reference. Numbers are numbers, constants are their names; what the reference does not have is passed over. The message's own
 * header is the header.
 */
final class GtfsRealtimeRecords {
    private static final int MAX_DEPTH = 12;

    private GtfsRealtimeRecords() {}

    /** The bytes are no message. */
    private static final class BrokenMessage extends Exception {
        BrokenMessage(String message) {
            super(message, null, false, false);
        }
    }

    static void read(byte[] bytes, RecordSink sink) throws SourceFailure {
        Map<String, Object> message;
        try {
            message = message(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), "FeedMessage", 0);
        } catch (BrokenMessage | BufferUnderflowException e) {
            String why = e instanceof BrokenMessage ? e.getMessage() : "it ends too early";
            throw new SourceFailure(
                    "Dokument ni sporočilo GTFS-Realtime: " + why + ".",
                    "The document is no GTFS-Realtime message: " + why + ".");
        }
        if (!(message.get("header") instanceof Map<?, ?> header) || !header.containsKey("gtfs_realtime_version")) {
            throw new SourceFailure(
                    "Dokument ni sporočilo GTFS-Realtime: nima glave.",
                    "The document is no GTFS-Realtime message: it has no header.");
        }
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        header.forEach((name, value) -> known.put(String.valueOf(name), value));
        sink.header(known);
        if (message.get("entity") instanceof List<?> entities) {
            for (Object one : entities) {
                give((Map<?, ?>) one, sink);
            }
        }
    }

    private static void give(Map<?, ?> entity, RecordSink sink) {
        String missing = missing(entity, "FeedEntity", "");
        if (missing.isEmpty()) {
            sink.record(entity);
        } else {
            sink.unusable(entity, new LocalizedText("Manjka " + missing + ".", missing + " is missing."));
        }
    }

    /** The first field that must be there and is not. */
    private static String missing(Map<?, ?> message, String kind, String path) {
        for (Field field : GtfsRealtimeSchema.fields(kind).values()) {
            Object value = message.get(field.name());
            if (value == null && field.required()) {
                return path + field.name();
            }
            for (Object one : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
                String inner =
                        one instanceof Map<?, ?> map ? missing(map, field.kind(), path + field.name() + ".") : "";
                if (!inner.isEmpty()) {
                    return inner;
                }
            }
        }
        return "";
    }

    private static Map<String, Object> message(ByteBuffer in, String kind, int depth) throws BrokenMessage {
        if (depth > MAX_DEPTH) {
            throw new BrokenMessage("messages nest too deep");
        }
        Map<Integer, Field> fields = GtfsRealtimeSchema.fields(kind);
        Map<String, Object> message = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int wire = (int) (tag & 7);
            Field field = fields.get((int) (tag >>> 3));
            Object raw = raw(in, wire);
            if (field != null) {
                put(message, field, value(field, raw, depth));
            }
        }
        return message;
    }

    private static void put(Map<String, Object> message, Field field, Object value) {
        if (field.repeats()) {
            @SuppressWarnings("unchecked") // because: fields that repeat are put by this method alone
            List<Object> list = (List<Object>) message.computeIfAbsent(field.name(), _ -> new ArrayList<>());
            list.add(value);
        } else {
            message.put(field.name(), value);
        }
    }

    /** A varint as Long, eight or four bytes as ByteBuffer, and what has a length as ByteBuffer too. */
    private static Object raw(ByteBuffer in, int wire) throws BrokenMessage {
        return switch (wire) {
            case 0 -> varint(in);
            case 1 -> slice(in, 8);
            case 2 -> slice(in, varint(in));
            case 5 -> slice(in, 4);
            default -> throw new BrokenMessage("there is no wire type " + wire);
        };
    }

    private static ByteBuffer slice(ByteBuffer in, long length) throws BrokenMessage {
        if (length < 0 || length > in.remaining()) {
            throw new BrokenMessage("it ends too early");
        }
        ByteBuffer part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return part;
    }

    private static long varint(ByteBuffer in) throws BrokenMessage {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new BrokenMessage("a number is longer than ten bytes");
    }

    private static Object value(Field field, Object raw, int depth) throws BrokenMessage {
        return switch (raw) {
            case Long number -> ofNumber(field, number);
            case ByteBuffer bytes
            when field.kind().equals("text") ->
                StandardCharsets.UTF_8.decode(bytes).toString();
            case ByteBuffer bytes
            when field.kind().equals("float") && bytes.remaining() == 4 ->
                Double.parseDouble(Float.toString(bytes.getFloat()));
            case ByteBuffer bytes when field.kind().equals("double") && bytes.remaining() == 8 -> bytes.getDouble();
            case ByteBuffer bytes
            when GtfsRealtimeSchema.isMessage(field.kind()) -> message(bytes, field.kind(), depth + 1);
            default -> throw new BrokenMessage("the field " + field.name() + " is no " + field.kind());
        };
    }

    private static Object ofNumber(Field field, long number) throws BrokenMessage {
        String constant = GtfsRealtimeSchema.constant(field.kind(), number);
        if (constant != null) {
            return constant;
        }
        return switch (field.kind()) {
            case "number" -> number;
            case "truth" -> number != 0;
            default -> throw new BrokenMessage("the field " + field.name() + " is no " + field.kind());
        };
    }
}
