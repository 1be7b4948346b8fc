package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the records of a document while it is read. Used by one thread at a time. */
public interface RecordSink {
    /** What the document says about all records that follow. */
    void header(Map<String, @Nullable Object> header);

    /** A record of maps, lists, strings, numbers, booleans and nulls. */
    void record(Object content);

    /** A record that cannot even be offered to a mapping. */
    void unusable(Object content, LocalizedText reason);

    /** The document ends too early; what was given stands. */
    void brokenOff(LocalizedText reason);

    /** What was found out about the document's form because no declaration says it. */
    void detected(LocalizedText what);
}
