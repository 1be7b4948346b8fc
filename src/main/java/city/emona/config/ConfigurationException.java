package city.emona.config;

import java.util.List;

/** The configuration has errors; the message lists them all. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(List<String> errors) {
        super(message(errors));
    }

    private static String message(List<String> errors) {
        StringBuilder text = new StringBuilder("The configuration has ")
                .append(errors.size() == 1 ? "an error" : errors.size() + " errors")
                .append(':');
        for (int i = 0; i < errors.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(errors.get(i));
        }
        return text.toString();
    }
}
