package city.emona.vertical.mapping;

import city.emona.vertical.LocalizedText;

/** A record cannot become an entity. It is counted and kept with its reason; nothing else stops. */
public final class RecordRejected extends RuntimeException {
    private final LocalizedText reason;

    public RecordRejected(LocalizedText reason) {
        super(reason.en(), null, false, false);
        this.reason = reason;
    }

    public RecordRejected(String sl, String en) {
        this(new LocalizedText(sl, en));
    }

    public LocalizedText reason() {
        return reason;
    }
}
