package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source could not be read. Checked, because whoever polls must say so and go on. */
public final class SourceFailure extends Exception {
    private final LocalizedText reason;
    private final transient @Nullable Duration retryAfter;

    public SourceFailure(LocalizedText reason) {
        this(reason, null);
    }

    public SourceFailure(String sl, String en) {
        this(new LocalizedText(sl, en));
    }

    /** @param retryAfter how long the source asks to be left alone; null when it does not say */
    public SourceFailure(LocalizedText reason, @Nullable Duration retryAfter) {
        super(reason.en(), null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public LocalizedText reason() {
        return reason;
    }

    /** How long the source asks to be left alone. */
    public Optional<Duration> findRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
