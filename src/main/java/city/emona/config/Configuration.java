package city.emona.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The values of all settings: what the file says, what the command line says over it, and the defaults for the rest.
 */
public final class Configuration {
    private final Map<Setting<?>, Object> values;
    private final Map<Setting<?>, String> texts;

    private Configuration(Map<Setting<?>, Object> values, Map<Setting<?>, String> texts) {
        this.values = values;
        this.texts = texts;
    }

    /**
     * Reads a configuration.
     *
     * @param settings every setting there is
     * @param file the file; null for none
     * @param overrides texts by key that win over the file
     * @throws ConfigurationException when there is any error
     */
    public static Configuration read(List<Setting<?>> settings, @Nullable Path file, Map<String, String> overrides) {
        List<String> errors = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        if (file != null) {
            texts.putAll(load(file, errors));
        }
        for (String key : texts.keySet()) {
            if (settings.stream().noneMatch(setting -> setting.key().equals(key))) {
                errors.add(key + ": there is no such setting. Remove it; the settings are "
                        + String.join(", ", settings.stream().map(Setting::key).toList()) + ".");
            }
        }
        texts.putAll(overrides);
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        Map<Setting<?>, String> read = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            String text = texts.getOrDefault(setting.key(), setting.defaultText());
            read.put(setting, text);
            try {
                values.put(setting, setting.parser().apply(text));
            } catch (IllegalArgumentException e) {
                errors.add(setting.key() + ": »" + text + "« is not right. Use " + e.getMessage() + ".");
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigurationException(errors);
        }
        return new Configuration(values, read);
    }

    private static Map<String, String> load(Path file, List<String> errors) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (document instanceof Map<?, ?> map) {
                flatten("", map, texts, errors);
            } else if (document != null) {
                errors.add(file + ": the file is no YAML mapping. Write it as key: value.");
            }
        } catch (IOException e) {
            errors.add(file + ": the file cannot be read (" + e + "). Check the path given with --config.");
        } catch (YamlEngineException e) {
            errors.add(file + ": the file is not valid YAML: "
                    + String.valueOf(e.getMessage()).replace("\n", " ") + ". Correct it.");
        }
        return texts;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> texts, List<String> errors) {
        map.forEach((name, value) -> {
            String key = prefix + name;
            switch (value) {
                case Map<?, ?> inner -> flatten(key + ".", inner, texts, errors);
                case List<?> list -> errors.add(key + ": " + list + " is a list. Use a single value.");
                case null -> errors.add(key + ": there is no value. Write one, or remove the key.");
                default -> texts.put(key, value.toString());
            }
        });
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // because: the value was made by this setting's own parser
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + setting.key() + " is not among those that were read");
        }
        return (T) value;
    }

    /** The settings that have another value in another configuration of the same settings, in their order. */
    public List<Setting<?>> differences(Configuration other) {
        List<Setting<?>> different = new ArrayList<>();
        texts.forEach((setting, text) -> {
            if (!text.equals(other.texts.get(setting))) {
                different.add(setting);
            }
        });
        return different;
    }
}
