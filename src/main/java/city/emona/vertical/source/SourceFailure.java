package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;

/** A source could not be read. Checked, because whoever polls must say so and go on. */
public final class SourceFailure extends Exception {
    private final LocalizedText reason;

    public SourceFailure(LocalizedText reason) {
        super(reason.en(), null, false, false);
        this.reason = reason;
    }

    public SourceFailure(String sl, String en) {
        this(new LocalizedText(sl, en));
    }

    public LocalizedText reason() {
        return reason;
    }
}
