package city.emona.vertical.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that take regular expressions, within bounds: each pattern is tried on a {@link BoundedText} first, and only
 * one that comes to its end there is used.
 */
final class RegexFunctions {
    private RegexFunctions() {}

    static void bind(Jsonata.Frame frame) {
        frame.bind(
                "match",
                bounded(
                        args -> Functions.match(text(args), (Pattern) args.get(1), whole(args, 2)),
                        "<s-f<s:o>n?:a<o>>"));
        frame.bind("contains", bounded(args -> Functions.contains(text(args), args.get(1)), "<s-(sf):b>"));
        frame.bind(
                "replace",
                bounded(
                        args -> Functions.replace(text(args), args.get(1), at(args, 2), whole(args, 3)),
                        "<s-(sf)(sf)n?:s>"));
        frame.bind(
                "split",
                bounded(args -> Functions.split(text(args), args.get(1), (Number) at(args, 2)), "<s-(sf)n?:a<s>>"));
        frame.bind(
                "eval",
                new Jsonata.JFunction(
                        (_, _) -> {
                            throw new RecordRejected(
                                    "Funkcija $eval ni dovoljena.", "The function $eval is not allowed.");
                        },
                        null));
    }

    private interface Body {
        @Nullable
        Object apply(List<@Nullable Object> args);
    }

    private static Jsonata.JFunction bounded(Body body, String signature) {
        return new Jsonata.JFunction(
                (_, args) -> {
                    @SuppressWarnings("unchecked") // because: the library gives a raw list
                    List<@Nullable Object> values = args;
                    if (values.getFirst() instanceof String text && at(values, 1) instanceof Pattern pattern) {
                        tryOut(pattern, text);
                    }
                    return body.apply(values);
                },
                signature);
    }

    private static void tryOut(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(new BoundedText(text));
        while (matcher.find()) {
            if (matcher.end() == text.length()) {
                break;
            }
        }
    }

    private static @Nullable String text(List<@Nullable Object> args) {
        return (String) args.getFirst();
    }

    private static @Nullable Object at(List<@Nullable Object> args, int index) {
        return index < args.size() ? args.get(index) : null;
    }

    private static @Nullable Integer whole(List<@Nullable Object> args, int index) {
        return at(args, index) instanceof Number number ? number.intValue() : null;
    }
}
