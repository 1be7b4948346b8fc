package city.emona.vertical;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a package gives, part by part: each source, view, dataset, rule and so on, with a digest of its declaration and of the files that
 * it names. Parts of two versions are compared by it.
 */
public final class PackageParts {
    /** The lists of the description that hold parts, with the members by which an item is told from the others. */
    private static final Map<String, List<String>> LISTS = Map.of(
            "sources", List.of("id"),
            "views", List.of("type"),
            "datasets", List.of("id"),
            "history", List.of("type", "attributes"),
            "rules", List.of("id"),
            "indicators", List.of("id"),
            "questions", List.of("id"),
            "migrations", List.of("from"));

    private PackageParts() {}

    /**
     * What one part is called and how it reads.
     *
     * @param kind the list that it stands in, or {@code types} and {@code context}
     * @param id its name among its kind
     * @param title what people call it; null where it says nothing
     * @param digest the same for the same content
     */
    public record Part(String kind, String id, @Nullable LocalizedText title, String digest) {
        /** Kind and name. */
        public String key() {
            return kind + "/" + id;
        }

        public Optional<LocalizedText> findTitle() {
            return Optional.ofNullable(title);
        }
    }

    /** The parts of a package whose description can be read, by kind and name. */
    public static SortedMap<String, Part> of(PackageContent content) {
        SortedMap<String, Part> parts = new TreeMap<>();
        byte[] description = content.files().get(VerticalReader.DESCRIPTION);
        if (description == null) {
            return parts;
        }
        new YamlFile(VerticalReader.DESCRIPTION, new Findings())
                .read(new String(description, StandardCharsets.UTF_8))
                .ifPresent(map -> {
                    LISTS.forEach((list, names) -> {
                        if (map.member(list) instanceof YamlNode.Sequence sequence) {
                            sequence.items().forEach(item -> add(parts, part(content, list, names, item)));
                        }
                    });
                    if (map.member("models") instanceof YamlNode.Mapping models) {
                        addModels(content, parts, models);
                    }
                });
        return parts;
    }

    private static void addModels(PackageContent content, SortedMap<String, Part> parts, YamlNode.Mapping models) {
        if (models.members().get("context") instanceof YamlNode.Text file) {
            add(parts, new Part("context", file.value(), null, digest(content, file)));
        }
        if (models.members().get("types") instanceof YamlNode.Mapping types) {
            types.members().forEach((term, file) -> add(parts, new Part("types", term, null, digest(content, file))));
        }
    }

    private static void add(SortedMap<String, Part> parts, Part part) {
        parts.put(part.key(), part);
    }

    private static Part part(PackageContent content, String list, List<String> names, YamlNode item) {
        StringBuilder id = new StringBuilder();
        LocalizedText title = null;
        if (item instanceof YamlNode.Mapping map) {
            for (String name : names) {
                YamlNode value = map.members().get(name);
                if (value != null) {
                    value.visit(
                            "",
                            (_, _, text) -> id.append(id.isEmpty() ? "" : " ").append(text));
                }
            }
            title = title(map);
        }
        return new Part(list, id.toString(), title, digest(content, item));
    }

    private static @Nullable LocalizedText title(YamlNode.Mapping map) {
        for (String name : List.of("name", "title")) {
            if (map.members().get(name) instanceof YamlNode.Mapping texts
                    && texts.members().get("sl") instanceof YamlNode.Text sl
                    && texts.members().get("en") instanceof YamlNode.Text en
                    && !sl.value().isBlank()
                    && !en.value().isBlank()) {
                return new LocalizedText(sl.value(), en.value());
            }
        }
        return null;
    }

    private static String digest(PackageContent content, YamlNode node) {
        StringBuilder written = new StringBuilder();
        node.visit("", (path, _, text) -> {
            written.append(path).append('=').append(text).append('\n');
            byte[] file = content.files().get(text);
            if (file != null) {
                written.append(PackageContent.digest(file)).append('\n');
            }
        });
        return PackageContent.digest(written.toString().getBytes(StandardCharsets.UTF_8));
    }
}
