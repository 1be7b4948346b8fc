package city.emona.vertical.source;

import city.emona.vertical.LocalizedText;
import city.emona.vertical.mapping.PersonalData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a source's records that tell of a person, as declared. They are taken out before a mapping sees the record. Where a source
 * declares any, its rejected records and their reasons are kept without personal data in their texts too. Safe for use by many threads.
 */
final class PersonalFields {
    private static final Locale SLOVENE = Locale.of("sl");
    private static final String UNREADABLE = "[zapis, ki ni razčlenjen]";

    private final Set<String> names;

    PersonalFields(List<String> names) {
        this.names = names.stream().map(PersonalFields::folded).collect(Collectors.toUnmodifiableSet());
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A record without the fields, at any depth. What is no object or list cannot be told apart into fields, and is left out whole. */
    Object without(Object record) {
        if (names.isEmpty()) {
            return record;
        }
        return switch (record) {
            case Map<?, ?> map -> without(map);
            case List<?> list -> without(list);
            default -> UNREADABLE;
        };
    }

    /** The same of what a document says about all records. */
    Map<String, @Nullable Object> without(Map<?, ?> map) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!names.contains(folded(name))) {
                kept.put(name, inner(value));
            }
        });
        return kept;
    }

    private List<@Nullable Object> without(List<?> list) {
        List<@Nullable Object> kept = new ArrayList<>(list.size());
        list.forEach(item -> kept.add(inner(item)));
        return kept;
    }

    private @Nullable Object inner(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> without(map);
            case List<?> list -> without(list);
            case null, default -> value;
        };
    }

    /** A record as it may be kept for inspection: its texts without personal data. */
    Object redacted(Object record) {
        Object cleaned = names.isEmpty() ? record : clean(record);
        return cleaned == null ? UNREADABLE : cleaned;
    }

    private @Nullable Object clean(@Nullable Object value) {
        return switch (value) {
            case String text -> clean(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
                map.forEach((key, inner) -> cleaned.put(String.valueOf(key), clean(inner)));
                yield cleaned;
            }
            case List<?> list -> {
                List<@Nullable Object> cleaned = new ArrayList<>(list.size());
                list.forEach(inner -> cleaned.add(clean(inner)));
                yield cleaned;
            }
            case null, default -> value;
        };
    }

    private static String clean(String text) {
        return PersonalData.clean(text, SLOVENE).text();
    }

    /** A reason, which may quote a value of the record. */
    LocalizedText redacted(LocalizedText reason) {
        return names.isEmpty()
                ? reason
                : new LocalizedText(
                        clean(reason.sl()),
                        PersonalData.clean(reason.en(), Locale.ENGLISH).text());
    }
}
