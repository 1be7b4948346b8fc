package city.emona.vertical.format;

import city.emona.json.JsonItems;
import java.util.Map;

/** The entities of one page of an OGC SensorThings API, with what the address asked to expand. An address of one entity gives one record. */
final class SensorThingsRecords {
    private SensorThingsRecords() {}

    static void read(String text, RecordSink sink) throws SourceFailure {
        JsonItems whole = JsonRecords.items(text, "");
        boolean[] collection = {false};
        whole.forEach(item -> collection[0] |= item instanceof Map<?, ?> map && map.containsKey("value"));
        JsonItems items = collection[0] ? JsonRecords.items(text, "value") : whole;
        sink.header(items.header());
        items.forEach(sink::record);
    }
}
