package city.emona.vertical;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A part of a YAML document with the line on which it starts. */
sealed interface YamlNode {
    int line();

    /** Is shown texts. */
    @FunctionalInterface
    interface Visitor {
        void text(String path, int line, String value);
    }

    /** Shows all texts in and below this one. */
    default void visit(String path, Visitor visitor) {
        switch (this) {
            case Text text -> visitor.text(path, text.line(), text.value());
            case Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    list.items().get(i).visit(path + "[" + i + "]", visitor);
                }
            }
            case Mapping map -> map.members().forEach((name, value) -> value.visit(path + "." + name, visitor));
        }
    }

    /** The same with other texts, given their lines. */
    default YamlNode rewrite(BiFunction<Integer, String, String> change) {
        return switch (this) {
            case Text text -> new Text(text.line(), change.apply(text.line(), text.value()));
            case Sequence list ->
                new Sequence(
                        list.line(),
                        list.items().stream().map(item -> item.rewrite(change)).toList());
            case Mapping map -> {
                Map<String, YamlNode> members = new LinkedHashMap<>();
                map.members().forEach((name, value) -> members.put(name, value.rewrite(change)));
                yield new Mapping(map.line(), members);
            }
        };
    }

    /** A plain value, as text. */
    record Text(int line, String value) implements YamlNode {}

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** Members by name, in order. */
    record Mapping(int line, Map<String, YamlNode> members) implements YamlNode {}
}
