package city.emona.vertical;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset for the catalogue.
 *
 * @param licence the URI of the licence
 * @param attribution the words that the licence asks for
 * @param updateFrequency how often new data come
 * @param types the short names of the types in it
 * @param quality what is promised of the data; null for nothing
 */
public record DatasetSpec(
        String id,
        LocalizedText title,
        LocalizedText description,
        String licence,
        LocalizedText attribution,
        Duration updateFrequency,
        List<String> types,
        @Nullable QualitySpec quality) {
    public DatasetSpec {
        types = List.copyOf(types);
    }

    public Optional<QualitySpec> findQuality() {
        return Optional.ofNullable(quality);
    }
}
