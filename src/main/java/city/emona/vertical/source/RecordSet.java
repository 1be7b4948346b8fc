package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one poll.
 *
 * @param header what the document says about all of them
 * @param records each of maps, lists, strings, numbers, booleans and nulls
 * @param unusable records that cannot even be offered to a mapping
 * @param brokenOff why the document ends too early; null when it is whole
 */
record RecordSet(
        Map<String, @Nullable Object> header,
        List<Object> records,
        List<Unusable> unusable,
        @Nullable LocalizedText brokenOff) {

    /** A record that is rejected before any mapping. */
    record Unusable(Object content, LocalizedText reason) {}

    Optional<LocalizedText> findBrokenOff() {
        return Optional.ofNullable(brokenOff);
    }
}
