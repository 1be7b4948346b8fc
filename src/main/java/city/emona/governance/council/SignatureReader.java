package city.emona.governance.council;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who signed a letter, and in which function, from the lines under its closing. */
final class SignatureReader {
    private static final Pattern NAME = Pattern.compile("^(" + PersonName.PATTERN
            + ")(?:,\\s*((?:univ\\.|dipl\\.|spec\\.|prof\\.|M\\.\\s?Sc|LL\\.\\s?M).*?))?(?:,\\s*(\\p{Ll}.*))?$");
    private static final Pattern FUNCTION = Pattern.compile(
            "\\b(vodja|vodje|sekretar|sekretarka|zupan|zupanja|podzupan|podzupanja|direktor|direktorica|nacelnik|nacelnica|svetovalec"
                    + "|svetovalka|predstojnik|predstojnica|pooblastilu|sluzba|sluzbe|oddelek|oddelka|mestna|mestni|obcina|uprava)\\b");
    private static final Pattern ASIDE = Pattern.compile(
            "^(priprav|prilog|v vednost|poslan|vrocit|poslat|p\\. ?s\\.|zig|objav|elektronsk|podpis|dokument je).*");

    private SignatureReader() {}

    /**
     * The signature.
     *
     * @param name null when no line is a name
     * @param function null when no line is a function
     */
    record Signature(@Nullable PersonName name, @Nullable String function) {}

    static Signature read(List<String> lines) {
        @Nullable PersonName name = null;
        List<String> functions = new ArrayList<>();
        for (String line : lines) {
            if (ASIDE.matcher(Words.fold(line)).matches()) {
                break;
            }
            String bare = line.replaceFirst("^.*\\bl\\.\\s?r\\.\\s*", "").strip();
            Optional<Matcher> found = name == null ? match(bare) : Optional.empty();
            if (found.isPresent()) {
                name = PersonName.of(found.get().group(1));
                Optional.ofNullable(found.get().group(3)).ifPresent(functions::add);
            } else if (isLabelled(bare) && name == null) {
                String[] parts = bare.split(":\\s*", 2);
                name = PersonName.of(parts[1]);
                functions.add(parts[0]);
            } else if (!bare.isEmpty()) {
                functions.add(bare.replaceFirst("[,:]$", ""));
            }
        }
        return new Signature(name, functions.isEmpty() ? null : String.join(", ", functions));
    }

    /** »Vodja službe: mag. Arian Debeljak«. */
    private static boolean isLabelled(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && match(line.substring(colon + 1).strip()).isPresent();
    }

    /** The name of a line that is a name. */
    static Optional<PersonName> findName(String line) {
        return match(line).map(m -> PersonName.of(m.group(1)));
    }

    private static Optional<Matcher> match(String line) {
        Matcher matcher = NAME.matcher(line);
        boolean isName = matcher.matches()
                && !FUNCTION.matcher(Words.fold(matcher.group(1))).find();
        return isName ? Optional.of(matcher) : Optional.empty();
    }
}
