package city.emona.vertical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One YAML 1.2 document with the places of its parts. Anchors are refused, so that a short document cannot stand for a huge one.
 */
final class YamlFile {
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DEPTH = 30;

    private final String name;
    private final Findings findings;
    private final Map<String, Set<String>> asked = new TreeMap<>();

    YamlFile(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    void finding(int line, String reason, String remedy) {
        findings.add(name, line, reason, remedy);
    }

    /** Notes which members a reader asked for at a place, with {@code []} for the items of lists. */
    void asked(String path, Set<String> keys) {
        asked.computeIfAbsent(path.replaceAll("\\[\\d+]", "[]"), _ -> new TreeSet<>())
                .addAll(keys);
    }

    /** The members that a reader asked for, by place. */
    Map<String, Set<String>> asked() {
        return asked;
    }

    /** The document as a mapping; empty, with a finding, when it is none. */
    Optional<YamlMap> read(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setCodePointLimit(MAX_CHARACTERS)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .build();
            if (nestsTooDeep(settings, text)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                finding(0, "The file is empty.", "Describe the vertical in it.");
                return Optional.empty();
            }
            return convert(root.get()).flatMap(node -> asMap(node, ""));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            finding(line, "This is not valid YAML: " + e.getProblem() + ".", "Correct the YAML.");
        } catch (YamlEngineException e) {
            finding(0, "This is not valid YAML: " + e.getMessage() + ".", "Correct the YAML.");
        }
        return Optional.empty();
    }

    /** Looks at the brackets alone, since whoever builds a tree of them may run out of stack. */
    private boolean nestsTooDeep(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                finding(line, "The document nests deeper than " + MAX_DEPTH + " levels.", "Make it flatter.");
                return true;
            }
        }
        return false;
    }

    /** The node as a mapping; empty, with a finding, when it is none. */
    Optional<YamlMap> asMap(YamlNode node, String path) {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(new YamlMap(this, path, mapping.line(), mapping.members()));
        }
        String what = path.isEmpty() ? "The document" : "»" + path + "«";
        finding(node.line(), what + " is not a mapping.", "Write its members as »name: value«.");
        return Optional.empty();
    }

    private Optional<YamlNode> convert(Node node) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (node instanceof AnchorNode || node.getAnchor().isPresent()) {
            finding(line, "Anchors and aliases are not allowed.", "Write the value out.");
            return Optional.empty();
        }
        return switch (node) {
            case ScalarNode scalar -> Optional.of(new YamlNode.Text(line, scalar.getValue()));
            case SequenceNode sequence -> Optional.of(sequence(sequence, line));
            case MappingNode mapping -> Optional.of(mapping(mapping, line));
            default -> Optional.empty();
        };
    }

    private YamlNode sequence(SequenceNode sequence, int line) {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            convert(item).ifPresent(items::add);
        }
        return new YamlNode.Sequence(line, items);
    }

    private YamlNode mapping(MappingNode mapping, int line) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        mapping.getValue().forEach(pair -> {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                finding(line, "A member's name is not a plain text.", "Use a plain name.");
                return;
            }
            convert(pair.getValueNode()).ifPresent(value -> {
                if (members.put(key.getValue(), value) != null) {
                    finding(value.line(), "»" + key.getValue() + "« stands here twice.", "Keep one of them.");
                }
            });
        });
        return new YamlNode.Mapping(line, members);
    }
}
