package city.emona.vertical;

/** How a document is cut into records. */
public sealed interface RecordFormat {
    /**
     * JSON.
     *
     * @param path the members that lead to the array of records, with dots between; empty when the document itself is the array
     */
    record Json(String path) implements RecordFormat {}

    /**
     * XML.
     *
     * @param element the local name of the element that repeats
     */
    record Xml(String element) implements RecordFormat {}

    /** The joined stations of a GBFS system. */
    record GbfsStations() implements RecordFormat {}
}
