package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.format.Formats;
import city.emona.vertical.format.PassingSink;
import city.emona.vertical.format.RecordSink;
import city.emona.vertical.format.SourceFailure;
import city.emona.vertical.source.Fetched.Validators;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records on several pages, read one page after the other. A page that fails ends the poll; the next begins at the first page again. */
final class PagedConnector implements Connector {
    private static final int MAX_PAGES = 10_000;

    private final SourceSpec spec;
    private final String firstAddress;
    private final Fetcher fetcher;
    private final Login login;
    private final Pages pages;

    PagedConnector(SourceSpec spec, String firstAddress, Fetcher fetcher, Login login) {
        this.spec = spec;
        this.firstAddress = firstAddress;
        this.fetcher = fetcher;
        this.login = login;
        this.pages = Pages.of(spec);
    }

    @Override
    public boolean poll(Occasion occasion, RecordSink sink) throws SourceFailure, InterruptedException {
        URI first = pages.first(occasion.address(firstAddress));
        URI address = first;
        Set<URI> seen = new HashSet<>();
        while (true) {
            if (!seen.add(address) || seen.size() > MAX_PAGES) {
                throw new SourceFailure("Strani se ponavljajo.", "The pages go round in a circle.");
            }
            var order = new Fetcher.Order(address, Validators.NONE, spec.timeout(), spec.maxBytes());
            if (!(login.fetch(fetcher, order) instanceof Fetched.Document document)) {
                return seen.size() > 1;
            }
            PageSink page = new PageSink(sink);
            Formats.read(spec.format(), DocumentConnector.body(spec, document), page);
            Optional<URI> next = pages.next(address, document, page.header, page.count);
            if (next.isEmpty()) {
                return true;
            }
            address = sameHost(first, address.resolve(next.get()));
        }
    }

    /** Who we are is told to the server that was declared, and to no other. */
    private static URI sameHost(URI first, URI next) throws SourceFailure {
        if (first.getAuthority() == null || !first.getAuthority().equals(next.getAuthority())) {
            throw new SourceFailure(
                    "Naslednja stran je na drugem strežniku: " + next + ".",
                    "The next page is on another server: " + next + ".");
        }
        return next;
    }

    @Override
    public void accepted() {}

    /** Counts the records of a page and keeps its header. */
    private static final class PageSink extends PassingSink {
        private Map<String, @Nullable Object> header = new LinkedHashMap<>();
        private int count;

        PageSink(RecordSink sink) {
            super(sink);
        }

        @Override
        public void header(Map<String, @Nullable Object> next) {
            header = next;
            super.header(next);
        }

        @Override
        public void record(Object content) {
            count++;
            super.record(content);
        }

        @Override
        public void unusable(Object content, LocalizedText reason) {
            count++;
            super.unusable(content, reason);
        }
    }
}
