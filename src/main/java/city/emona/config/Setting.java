package city.emona.config;

import java.util.function.Function;

/**
 * One setting.
 *
 * @param key the key in the file, its parts separated by dots
 * @param summary what it means, as a sentence, with its unit
 * @param defaultText the value where the file does not say, as it would stand in the file
 * @param isLive whether it takes effect while the program runs, when the configuration is read again
 * @param parser reads the text of a value; throws IllegalArgumentException with what a right value would be
 */
public record Setting<T>(String key, String summary, String defaultText, boolean isLive, Function<String, T> parser) {
    /** A setting that takes effect at the start alone. */
    public Setting(String key, String summary, String defaultText, Function<String, T> parser) {
        this(key, summary, defaultText, false, parser);
    }

    /** The same, taking effect whenever the configuration is read. */
    public Setting<T> live() {
        return new Setting<>(key, summary, defaultText, true, parser);
    }

    /** A setting that is any text. */
    public static Setting<String> text(String key, String summary, String defaultText) {
        return new Setting<>(key, summary, defaultText, Function.identity());
    }

    /** A setting that is a whole number within bounds. */
    public static Setting<Integer> number(String key, String summary, int defaultNumber, int least, int most) {
        return new Setting<>(key, summary, Integer.toString(defaultNumber), text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below, with the same words as a number out of bounds
            }
            throw new IllegalArgumentException("a whole number from " + least + " to " + most);
        });
    }
}
