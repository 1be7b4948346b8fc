package city.emona.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** Every visible text of the portal in one language, by key. Places for values are written {@code {0}}, {@code {1}} and so on. */
public final class Texts {
    private static final Map<Language, Texts> LOADED =
            Map.of(Language.SLOVENE, load(Language.SLOVENE), Language.ENGLISH, load(Language.ENGLISH));

    private final Map<String, String> byKey;

    private Texts(Map<String, String> byKey) {
        this.byKey = byKey;
    }

    /** The texts of a language. */
    public static Texts of(Language language) {
        return Objects.requireNonNull(LOADED.get(language));
    }

    private static Texts load(Language language) {
        String file = "texts_" + language.tag() + ".properties";
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> byKey = new HashMap<>();
        properties.forEach((key, value) -> byKey.put((String) key, (String) value));
        return new Texts(byKey);
    }

    public Set<String> keys() {
        return byKey.keySet();
    }

    public boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** The text of a key, with its places filled in. */
    public String text(String key, Object... values) {
        String text = byKey.get(key);
        if (text == null) {
            throw new IllegalArgumentException("the text catalogue has no key " + key);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }
}
