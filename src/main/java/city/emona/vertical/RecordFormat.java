package city.emona.vertical;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a document is cut into records. */
public sealed interface RecordFormat {
    /**
     * JSON.
     *
     * @param path the members that lead to the array of records, with dots between; empty when the document itself is the array
     */
    record Json(String path) implements RecordFormat {}

    /** One JSON record in each line. */
    record NdJson() implements RecordFormat {}

    /**
     * XML.
     *
     * @param element the local name of the element that repeats
     */
    record Xml(String element) implements RecordFormat {}

    /** A table in text. */
    record Csv(TableForm form) implements RecordFormat {}

    /**
     * A workbook of Excel.
     *
     * @param sheet the name of the sheet; empty for the first that has something in it
     * @param headerRow the row of the names of columns, counted from 1; 0 to find it
     */
    record Excel(String sheet, int headerRow) implements RecordFormat {}

    /** A FeatureCollection (RFC 7946), also one in another reference system as before the RFC. */
    record GeoJson() implements RecordFormat {}

    /**
     * A GTFS feed.
     *
     * @param tables the files whose rows are records, without {@code .txt}, in this order
     */
    record Gtfs(List<String> tables) implements RecordFormat {
        public Gtfs {
            tables = List.copyOf(tables);
        }
    }

    /** The entities of a GTFS-Realtime message. */
    record GtfsRealtime() implements RecordFormat {}

    /** The features of a layer of an ArcGIS feature service. */
    record ArcGis() implements RecordFormat {}

    /** A collection of an OGC SensorThings API. */
    record SensorThings() implements RecordFormat {}

    /** Entities of another NGSI-LD broker. */
    record NgsiLd() implements RecordFormat {}

    /** Uplinks of The Things Stack or ChirpStack 4. */
    record LoRaWan() implements RecordFormat {}

    /**
     * DATEX II 2 or 3.
     *
     * @param records the local names of the elements that are records; none for those that the kind of publication has
     */
    record Datex(List<String> records) implements RecordFormat {
        public Datex {
            records = List.copyOf(records);
        }
    }

    /** The joined stations of a GBFS system. */
    record GbfsStations() implements RecordFormat {}

    /**
     * The form of a table in text, as far as it is declared.
     *
     * @param separator between the fields; null to find it
     * @param decimal the decimal sign of columns of numbers; null when all values stay texts
     * @param headerLine the line of the names of columns, counted from 1; 0 to find it
     */
    record TableForm(
            @Nullable Character separator, @Nullable Character decimal, int headerLine) {
        /** Nothing is declared. */
        public static final TableForm UNKNOWN = new TableForm(null, null, 0);
    }
}
