package city.emona.vertical;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A YAML mapping that is read member by member. What is missing or wrong becomes a finding and a placeholder, so that reading goes on
 * and everything wrong is found; a member that nobody asked for is a finding too (see {@link #done}). Not thread safe.
 */
final class YamlMap {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h|d)");

    private final YamlFile file;
    private final String path;
    private final int line;
    private final Map<String, YamlNode> members;
    private final Set<String> asked = new HashSet<>();

    YamlMap(YamlFile file, String path, int line, Map<String, YamlNode> members) {
        this.file = file;
        this.path = path;
        this.line = line;
        this.members = members;
    }

    int line() {
        return line;
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    /** A member as it stands; null when it is absent. */
    @Nullable
    YamlNode member(String key) {
        return members.get(key);
    }

    private @Nullable YamlNode ask(String key) {
        asked.add(key);
        return members.get(key);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    int lineOf(String key) {
        YamlNode node = members.get(key);
        return node == null ? line : node.line();
    }

    void finding(String key, String reason, String remedy) {
        file.finding(lineOf(key), reason, remedy);
    }

    void findingAt(int atLine, String reason, String remedy) {
        file.finding(atLine, reason, remedy);
    }

    /** Goes through all texts below, with their paths and lines. */
    void eachText(YamlNode.Visitor visitor) {
        members.forEach((key, node) -> node.visit(name(key), visitor));
    }

    /** Puts other texts in the place of those below a member, given their lines. */
    void rewrite(String key, BiFunction<Integer, String, String> change) {
        members.computeIfPresent(key, (_, node) -> node.rewrite(change));
    }

    private void missing(String key, String what) {
        file.finding(line, "»" + name(key) + "« is missing.", "Add " + what + ".");
    }

    /** A text that must be there. */
    String text(String key) {
        return findText(key).orElseGet(() -> {
            if (!members.containsKey(key)) {
                missing(key, "»" + key + ": …«");
            }
            return "?";
        });
    }

    /** A text that may be there. */
    Optional<String> findText(String key) {
        YamlNode node = ask(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof YamlNode.Text text && !text.value().isBlank()) {
            return Optional.of(text.value());
        }
        finding(key, "»" + name(key) + "« is not a text.", "Write one value on the same line.");
        return Optional.empty();
    }

    /** A text that must match. */
    String text(String key, Pattern form, String formInWords) {
        String text = text(key);
        if (members.containsKey(key) && !text.equals("?") && !form.matcher(text).matches()) {
            finding(key, "»" + name(key) + ": " + text + "« is not " + formInWords + ".", "Write " + formInWords + ".");
        }
        return text;
    }

    /** A text in both languages: {@code {sl: …, en: …}}. */
    LocalizedText localized(String key) {
        YamlNode node = ask(key);
        if (node == null) {
            missing(key, "»" + key + ": {sl: …, en: …}«");
            return LocalizedText.same("?");
        }
        return localized(key, node);
    }

    private LocalizedText localized(String key, YamlNode node) {
        Optional<YamlMap> map = file.asMap(node, name(key));
        if (map.isEmpty()) {
            return LocalizedText.same("?");
        }
        LocalizedText text = new LocalizedText(map.get().text("sl"), map.get().text("en"));
        map.get().done();
        return text;
    }

    boolean flag(String key, boolean otherwise) {
        return findText(key)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> {
                        finding(
                                key,
                                "»" + name(key) + ": " + text + "« is neither true nor false.",
                                "Write true or false.");
                        yield otherwise;
                    }
                })
                .orElse(otherwise);
    }

    int wholeNumber(String key, int otherwise) {
        return findNumber(key).map(Double::intValue).orElse(otherwise);
    }

    Optional<Double> findNumber(String key) {
        return findText(key).flatMap(text -> {
            try {
                return Optional.of(Double.valueOf(text));
            } catch (NumberFormatException e) {
                finding(key, "»" + name(key) + ": " + text + "« is not a number.", "Write a number.");
                return Optional.empty();
            }
        });
    }

    /** A time span such as {@code 60s}, {@code 10m}, {@code 2h} or {@code 1d}. */
    Optional<Duration> findDuration(String key) {
        return findText(key).flatMap(text -> {
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
                finding(
                        key,
                        "»" + name(key) + ": " + text + "« is not a time span.",
                        "Write it like 60s, 10m, 2h or 1d.");
                return Optional.empty();
            }
            long count = Long.parseLong(parts.group(1));
            return Optional.of(
                    switch (parts.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        });
    }

    Duration duration(String key) {
        if (!members.containsKey(key)) {
            missing(key, "a time span such as »" + key + ": 60s«");
        }
        return findDuration(key).orElse(Duration.ofDays(1));
    }

    /** One of the constants of an enum, written in lower case. */
    <E extends Enum<E>> E oneOf(String key, Class<E> closedSet) {
        E[] constants = closedSet.getEnumConstants();
        String text = text(key);
        for (E constant : constants) {
            if (lowerCase(constant).equals(text)) {
                return constant;
            }
        }
        if (members.containsKey(key)) {
            List<String> names = new ArrayList<>();
            for (E constant : constants) {
                names.add(lowerCase(constant));
            }
            finding(
                    key,
                    "»" + name(key) + ": " + text + "« is not known.",
                    "Use one of " + String.join(", ", names) + ".");
        }
        return constants[0];
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Texts in order; none when the member is absent. */
    List<String> texts(String key) {
        YamlNode node = ask(key);
        if (node == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key, node)) {
            if (item instanceof YamlNode.Text text) {
                texts.add(text.value());
            } else {
                file.finding(item.line(), "An item of »" + name(key) + "« is not a text.", "Write a plain value.");
            }
        }
        return texts;
    }

    private List<YamlNode> items(String key, YamlNode node) {
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        finding(key, "»" + name(key) + "« is not a list.", "Write its items with a hyphen each, or in brackets.");
        return List.of();
    }

    /** A mapping that must be there. */
    Optional<YamlMap> map(String key) {
        if (!members.containsKey(key)) {
            missing(key, "»" + key + ":« with its members");
        }
        return findMap(key);
    }

    /** A mapping that may be there. */
    Optional<YamlMap> findMap(String key) {
        YamlNode node = ask(key);
        return node == null ? Optional.empty() : file.asMap(node, name(key));
    }

    /** Mappings in order, each read by {@code reader} and then checked for members that nobody asked for. */
    <T> List<T> maps(String key, Function<YamlMap, Optional<T>> reader) {
        YamlNode node = ask(key);
        if (node == null) {
            return List.of();
        }
        List<T> read = new ArrayList<>();
        int index = 0;
        for (YamlNode item : items(key, node)) {
            file.asMap(item, name(key) + "[" + index + "]").ifPresent(map -> {
                reader.apply(map).ifPresent(read::add);
                map.done();
            });
            index++;
        }
        return read;
    }

    /** All members as texts, in order; for mappings whose keys the author chooses. */
    Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : members.keySet()) {
            findText(key).ifPresent(text -> texts.put(key, text));
        }
        return texts;
    }

    /** All members as texts in both languages, in order; for mappings whose keys the author chooses. */
    Map<String, LocalizedText> allLocalized() {
        Map<String, LocalizedText> texts = new LinkedHashMap<>();
        members.forEach((key, node) -> {
            asked.add(key);
            texts.put(key, localized(key, node));
        });
        return texts;
    }

    /** What {@code maker} makes; a value that refuses its parts becomes a finding. */
    <T> Optional<T> make(java.util.function.Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            file.finding(line, "»" + path + "« does not fit: " + e.getMessage() + ".", "Correct it.");
            return Optional.empty();
        }
    }

    /** Reports the members that nobody asked for. */
    void done() {
        file.asked(path, asked);
        for (String key : members.keySet()) {
            if (!asked.contains(key)) {
                finding(
                        key,
                        "»" + name(key) + "« is not known here.",
                        isText()
                                ? "A text with a comma or a colon in it stands in quotes: 'one, two'."
                                : asked.isEmpty() ? "Remove it." : "Remove it, or use one of " + knownKeys() + ".");
            }
        }
    }

    /** Whether this is a text in both languages. In it, what stands behind a comma of an unquoted text looks like a member of its own. */
    private boolean isText() {
        return asked.equals(Set.of("sl", "en"));
    }

    private String knownKeys() {
        return String.join(", ", asked.stream().sorted().toList());
    }
}
