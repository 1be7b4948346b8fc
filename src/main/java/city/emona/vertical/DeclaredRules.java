package city.emona.vertical;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks in the rules and indicators of a description, whatever their members mean, for words. */
public final class DeclaredRules {
    private static final List<String> LISTS = List.of("rules", "indicators");

    private DeclaredRules() {}

    /** The ids of rules and indicators in whose declarations a pattern is found. */
    public static List<String> naming(String description, Pattern words) {
        List<String> ids = new ArrayList<>();
        new YamlFile(VerticalReader.DESCRIPTION, new Findings())
                .read(description)
                .ifPresent(map -> {
                    for (String list : LISTS) {
                        if (map.member(list) instanceof YamlNode.Sequence sequence) {
                            sequence.items().forEach(item -> add(ids, list, item, words));
                        }
                    }
                });
        return ids;
    }

    private static void add(List<String> ids, String list, YamlNode item, Pattern words) {
        boolean[] found = {false};
        item.visit("", (_, _, text) -> found[0] |= words.matcher(text).find());
        if (found[0]) {
            boolean named = item instanceof YamlNode.Mapping map
                    && map.members().get("id") instanceof YamlNode.Text id
                    && ids.add(id.value());
            if (!named) {
                ids.add(list);
            }
        }
    }
}
