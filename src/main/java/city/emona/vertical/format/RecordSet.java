package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.RecordFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of one document, all in memory. */
public final class RecordSet implements RecordSink {
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final List<Object> records = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final List<LocalizedText> detected = new ArrayList<>();
    private @Nullable LocalizedText brokenOff;

    /** A record that is rejected before any mapping. */
    public record Unusable(Object content, LocalizedText reason) {}

    /** The records of a body. */
    public static RecordSet read(RecordFormat format, Body body) throws SourceFailure {
        RecordSet set = new RecordSet();
        Formats.read(format, body, set);
        return set;
    }

    @Override
    public void header(Map<String, @Nullable Object> next) {
        header.clear();
        header.putAll(next);
    }

    @Override
    public void record(Object content) {
        records.add(content);
    }

    @Override
    public void unusable(Object content, LocalizedText reason) {
        unusable.add(new Unusable(content, reason));
    }

    @Override
    public void brokenOff(LocalizedText reason) {
        brokenOff = reason;
    }

    @Override
    public void detected(LocalizedText what) {
        detected.add(what);
    }

    /** What the document says about all of them. */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /** Each of maps, lists, strings, numbers, booleans and nulls. */
    public List<Object> records() {
        return records;
    }

    /** Records that cannot even be offered to a mapping. */
    public List<Unusable> unusable() {
        return unusable;
    }

    /** What was found out about the document's form. */
    public List<LocalizedText> detected() {
        return detected;
    }

    /** Why the document ends too early. */
    public Optional<LocalizedText> findBrokenOff() {
        return Optional.ofNullable(brokenOff);
    }
}
