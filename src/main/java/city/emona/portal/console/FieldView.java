package city.emona.portal.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question of a package as a field of a form.
 *
 * @param help empty for none
 * @param input the type of the input element: text, number, url or password; empty where a choice is made
 * @param value what stands in it; never a secret
 * @param options what can be chosen
 * @param bounds the attributes min and max of a number
 * @param hint what stands in an empty field
 * @param isZone whether it asks for a time zone
 * @param error what is wrong with what was filled in; empty for nothing
 */
public record FieldView(
        String id,
        String label,
        String help,
        String input,
        String value,
        List<Option> options,
        Map<String, String> bounds,
        String hint,
        boolean isRequired,
        boolean isZone,
        String error) {
    /** Something that can be chosen. */
    public record Option(String value, String label, boolean isChosen) {}

    /** The ids of what explains the field, for those who hear the page; null for nothing. */
    public @Nullable String describedBy() {
        String ids = (help.isEmpty() ? "" : id + "-help ") + (error.isEmpty() ? "" : id + "-error");
        return ids.isEmpty() ? null : ids.strip();
    }

    public FieldView {
        options = List.copyOf(options);
        bounds = Map.copyOf(bounds);
    }
}
