package city.emona.vertical.source;

import city.emona.vertical.RecordFormat;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.source.Fetched.Validators;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** One document that holds all records. */
final class DocumentConnector implements Connector {
    private final SourceSpec spec;
    private final URI address;
    private final Fetcher fetcher;
    private Validators accepted = Validators.NONE;
    private Validators offered = Validators.NONE;

    DocumentConnector(SourceSpec spec, URI address, Fetcher fetcher) {
        this.spec = spec;
        this.address = address;
        this.fetcher = fetcher;
    }

    @Override
    public Optional<RecordSet> poll(Instant now) throws SourceFailure, InterruptedException {
        Fetched fetched = fetcher.fetch(new Fetcher.Order(address, accepted, spec.timeout(), spec.maxBytes()));
        return switch (fetched) {
            case Fetched.Unchanged _ -> Optional.empty();
            case Fetched.Document document -> {
                offered = document.validators();
                yield Optional.of(records(document));
            }
        };
    }

    private RecordSet records(Fetched.Document document) throws SourceFailure {
        String text = Decoding.text(
                document.bytes(),
                spec.findCharset().orElse(null),
                document.findHeaderCharset().orElse(null));
        return switch (spec.format()) {
            case RecordFormat.Json json -> JsonRecords.read(text, json.path());
            case RecordFormat.Xml xml -> XmlRecords.read(text, xml.element());
            case RecordFormat.GbfsStations _ -> throw new IllegalStateException("GBFS has its own connector");
        };
    }

    @Override
    public void accepted() {
        accepted = offered;
    }
}
