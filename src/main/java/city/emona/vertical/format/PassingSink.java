package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes all on to another sink, but for what it does otherwise. */
public abstract class PassingSink implements RecordSink {
    /** Where all goes. */
    protected final RecordSink sink;

    protected PassingSink(RecordSink sink) {
        this.sink = sink;
    }

    @Override
    public void header(Map<String, @Nullable Object> header) {
        sink.header(header);
    }

    @Override
    public void record(Object content) {
        sink.record(content);
    }

    @Override
    public void unusable(Object content, LocalizedText reason) {
        sink.unusable(content, reason);
    }

    @Override
    public void brokenOff(LocalizedText reason) {
        sink.brokenOff(reason);
    }

    @Override
    public void detected(LocalizedText what) {
        sink.detected(what);
    }
}
