package city.emona.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of a command: flags, options with a value, and the rest. */
final class Options {
    private final Set<String> flags = new HashSet<>();
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    private Options() {}

    /**
     * Sorts arguments.
     *
     * @param flags the options without a value, with their dashes
     * @param valued the options with a value, with their dashes
     * @throws UsageException when an option is unknown or lacks its value
     */
    static Options parse(List<String> arguments, Set<String> flags, Set<String> valued) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (flags.contains(argument)) {
                options.flags.add(argument);
            } else if (valued.contains(argument)) {
                if (i + 1 == arguments.size()) {
                    throw new UsageException("The option " + argument + " needs a value.");
                }
                options.values.computeIfAbsent(argument, _ -> new ArrayList<>()).add(arguments.get(++i));
            } else if (argument.startsWith("--")) {
                throw new UsageException("There is no option " + argument + ".");
            } else {
                options.rest.add(argument);
            }
        }
        return options;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> find(String option) {
        return Optional.ofNullable(values.get(option)).map(List::getLast);
    }

    /** All values of an option, in order. */
    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** The arguments that are no options. */
    List<String> rest() {
        return rest;
    }
}
