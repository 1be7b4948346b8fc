package city.emona.vertical.format;

import city.emona.vertical.RecordFormat;

/** The formats of documents, each with its reader. */
public final class Formats {
    private Formats() {}

    /**
     * Cuts a document into records.
     *
     * @throws SourceFailure when the document is none of the format; then no record was given
     */
    public static void read(RecordFormat format, Body body, RecordSink sink) throws SourceFailure {
        switch (format) {
            case RecordFormat.Json json -> JsonRecords.read(body.text(), json.path(), sink);
            case RecordFormat.NdJson _ -> NdJsonRecords.read(body.text(), sink);
            case RecordFormat.Xml xml -> XmlRecords.read(body.text(), xml.element(), sink);
            case RecordFormat.Csv csv -> CsvRecords.read(body, csv.form(), sink);
            case RecordFormat.Excel excel -> ExcelRecords.read(body.bytes(), excel, sink);
            case RecordFormat.GeoJson _ -> GeoJsonRecords.read(body.text(), sink);
            case RecordFormat.Gtfs gtfs -> GtfsRecords.read(body.bytes(), gtfs.tables(), sink);
            case RecordFormat.GtfsRealtime _ -> GtfsRealtimeRecords.read(body.bytes(), sink);
            case RecordFormat.ArcGis _ -> ArcGisRecords.read(body.text(), sink);
            case RecordFormat.SensorThings _ -> SensorThingsRecords.read(body.text(), sink);
            case RecordFormat.NgsiLd _ -> JsonRecords.read(body.text(), "", sink);
            case RecordFormat.LoRaWan _ -> LoRaWanRecords.read(body.text(), sink);
            case RecordFormat.Datex datex -> DatexRecords.read(body.text(), datex.records(), sink);
            case RecordFormat.GbfsStations _ -> throw new IllegalStateException("GBFS is more than one document");
        }
    }
}
