package city.emona.vertical.format;

import city.emona.json.JsonItems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Uplinks of The Things Stack 3 and of ChirpStack 4 in one shape: {@code network}, {@code deviceId}, {@code devEui}, {@code application},
 * {@code receivedAt}, {@code port}, {@code counter}, {@code payload} in Base64, {@code decoded}, and the best {@code rssi} and {@code snr}.
 * Joins, acknowledgements and whatever else a network tells are no records.
 */
final class LoRaWanRecords {
    private LoRaWanRecords() {}

    static void read(String text, RecordSink sink) throws SourceFailure {
        JsonItems items = JsonRecords.items(text, "");
        sink.header(Map.of());
        items.forEach(item -> {
            if (item instanceof Map<?, ?> message) {
                record(message, sink);
            }
        });
    }

    private static void record(Map<?, ?> message, RecordSink sink) {
        if (message.get("uplink_message") instanceof Map<?, ?> uplink) {
            sink.record(ofTheThingsStack(message, uplink));
        } else if (message.get("deviceInfo") instanceof Map<?, ?> device && message.containsKey("fCnt")) {
            sink.record(ofChirpStack(message, device));
        }
    }

    private static Map<String, Object> ofTheThingsStack(Map<?, ?> message, Map<?, ?> uplink) {
        Map<?, ?> ids = map(message.get("end_device_ids"));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("network", "the-things-stack");
        put(record, "deviceId", ids.get("device_id"));
        put(record, "devEui", ids.get("dev_eui"));
        put(record, "application", map(ids.get("application_ids")).get("application_id"));
        put(record, "receivedAt", first(uplink.get("received_at"), message.get("received_at")));
        put(record, "port", uplink.get("f_port"));
        put(record, "counter", uplink.get("f_cnt"));
        put(record, "payload", uplink.get("frm_payload"));
        put(record, "decoded", first(uplink.get("normalized_payload"), uplink.get("decoded_payload")));
        put(
                record,
                "location",
                map(map(uplink.get("locations")).get("user")).isEmpty()
                        ? null
                        : map(uplink.get("locations")).get("user"));
        signal(record, uplink.get("rx_metadata"));
        return record;
    }

    private static Map<String, Object> ofChirpStack(Map<?, ?> message, Map<?, ?> device) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("network", "chirpstack");
        put(record, "deviceId", device.get("deviceName"));
        put(record, "devEui", device.get("devEui"));
        put(record, "application", device.get("applicationName"));
        put(record, "receivedAt", message.get("time"));
        put(record, "port", message.get("fPort"));
        put(record, "counter", message.get("fCnt"));
        put(record, "payload", message.get("data"));
        put(record, "decoded", message.get("object"));
        put(record, "tags", device.get("tags"));
        signal(record, message.get("rxInfo"));
        return record;
    }

    private static void signal(Map<String, Object> record, @Nullable Object gateways) {
        if (gateways instanceof List<?> list) {
            Map<?, ?> best = Map.of();
            for (Object one : list) {
                Map<?, ?> gateway = map(one);
                if (gateway.get("rssi") instanceof Number rssi
                        && (!(best.get("rssi") instanceof Number known) || rssi.doubleValue() > known.doubleValue())) {
                    best = gateway;
                }
            }
            put(record, "rssi", best.get("rssi"));
            put(record, "snr", best.get("snr"));
            record.put("gateways", list.size());
        }
    }

    private static @Nullable Object first(@Nullable Object one, @Nullable Object other) {
        return one != null ? one : other;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static void put(Map<String, Object> record, String name, @Nullable Object value) {
        if (value != null) {
            record.put(name, value);
        }
    }
}
