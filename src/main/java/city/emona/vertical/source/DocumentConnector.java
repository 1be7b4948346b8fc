package city.emona.vertical.source;

import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Body;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Fetched.Validators;
import java.net.URI;

/** One document that holds all records. */
final class DocumentConnector implements Connector {
    private final SourceSpec spec;
    private final String address;
    private final Fetcher fetcher;
    private final Login login;
    private Validators accepted = Validators.NONE;
    private Validators offered = Validators.NONE;

    DocumentConnector(SourceSpec spec, String address, Fetcher fetcher, Login login) {
        this.spec = spec;
        this.address = address;
        this.fetcher = fetcher;
        this.login = login;
    }

    @Override
    public boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure, InterruptedException {
        URI where = URI.create(occasion.address(address));
        return switch (login.fetch(fetcher, new Fetcher.Order(where, accepted, spec.timeout(), spec.maxBytes()))) {
            case Fetched.Unchanged _ -> false;
            case Fetched.Document document -> {
                offered = document.validators();
                Formats.read(spec.format(), body(spec, document), sink);
                yield true;
            }
        };
    }

    /** A document with what is declared about it. */
    static Body body(SourceSpec spec, Fetched.Document document) {
        return new Body(document.bytes(), spec.findCharset().orElse(null), document.headerCharset());
    }

    @Override
    public void accepted() {
        accepted = offered;
    }

    @Override
    public Validators position() {
        return accepted;
    }

    @Override
    public void resume(Validators position) {
        accepted = position;
    }
}
