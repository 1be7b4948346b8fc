package city.emona.vertical;

import java.util.List;
import java.util.Map;

/** A part of a YAML document with the line on which it starts. */
sealed interface YamlNode {
    int line();

    /** A plain value, as text. */
    record Text(int line, String value) implements YamlNode {}

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** Members by name, in order. */
    record Mapping(int line, Map<String, YamlNode> members) implements YamlNode {}
}
