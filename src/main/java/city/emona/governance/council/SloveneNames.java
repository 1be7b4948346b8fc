package city.emona.governance.council;

import city.emona.governance.council.Author.Gender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Undoes the declension of names: »Katje Damij« is »Katja Damij«, »Petra Zajca« (a man) is »Peter Zajc«. Readings are checked against a
 * list of common given names, which many surnames are too; a surname can be ambiguous, and then the more common reading is taken.
 */
final class SloveneNames {
    private static final Set<String> GIVEN_NAMES = readGivenNames();
    private static final Pattern LOST_VOWEL = Pattern.compile(".*(?:[šžčnmdtbvzsj]k|[vlpdb]c)");

    private SloveneNames() {}

    /** The cases in which a letter names an author beside »svetnik« and »svetnica«. */
    enum Case {
        NOMINATIVE,
        GENITIVE,
        DATIVE
    }

    private static Set<String> readGivenNames() {
        try (InputStream in = SloveneNames.class.getResourceAsStream("given-names.txt")) {
            if (in == null) {
                throw new IllegalStateException("given-names.txt is missing on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new HashSet<>(List.of(text.strip().split("\\s+", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PersonName nominative(PersonName name, Case grammaticalCase, Gender gender) {
        if (grammaticalCase == Case.NOMINATIVE) {
            return name;
        }
        String[] words = name.name().split(" ", -1);
        List<String> undone = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            boolean isGiven = i == 0 || (i < words.length - 1 && isKnown(words[i], grammaticalCase, gender));
            undone.add(
                    switch (gender) {
                        case FEMALE -> isGiven ? femaleGivenName(words[i], grammaticalCase) : words[i];
                        case MALE -> male(words[i], grammaticalCase);
                    });
        }
        return new PersonName(name.title(), String.join(" ", undone));
    }

    private static boolean isKnown(String word, Case grammaticalCase, Gender gender) {
        return switch (gender) {
            case FEMALE -> GIVEN_NAMES.contains(femaleGivenName(word, grammaticalCase));
            case MALE -> GIVEN_NAMES.contains(male(word, grammaticalCase));
        };
    }

    private static String femaleGivenName(String word, Case grammaticalCase) {
        String ending = grammaticalCase == Case.GENITIVE ? "e" : "i";
        if (!word.endsWith(ending) || GIVEN_NAMES.contains(word)) {
            return word;
        }
        return cut(word, 1) + "a";
    }

    private static String male(String word, Case grammaticalCase) {
        String genitive = grammaticalCase == Case.GENITIVE ? word : asGenitive(word);
        List<String> readings = maleReadings(genitive);
        return readings.stream().filter(GIVEN_NAMES::contains).findFirst().orElse(readings.getFirst());
    }

    private static String asGenitive(String dative) {
        if (dative.endsWith("emu")) {
            return cut(dative, 3) + "ega";
        }
        if (dative.endsWith("u")) {
            return cut(dative, 1) + "a";
        }
        return dative.endsWith("i") ? cut(dative, 1) + "e" : dative;
    }

    /** The nominatives that a genitive may come from, the likeliest first. */
    private static List<String> maleReadings(String word) {
        if (word.endsWith("ega")) {
            return List.of(cut(word, 3) + "i", cut(word, 1));
        }
        if (word.endsWith("e")) {
            return List.of(cut(word, 1) + "a", word);
        }
        if (!word.endsWith("a") || word.length() < 3) {
            return List.of(word);
        }
        String stem = cut(word, 1);
        List<String> readings = new ArrayList<>();
        if (stem.endsWith("rj")) {
            readings.add(cut(stem, 1));
        } else if (stem.endsWith("lj") && !isVowel(stem.charAt(stem.length() - 3))) {
            readings.add(cut(stem, 2) + "elj");
        } else if (LOST_VOWEL.matcher(stem).matches()) {
            readings.add(withVowel(stem));
        }
        readings.add(stem);
        readings.add(stem + "o");
        readings.add(withVowel(stem));
        if (stem.endsWith("t") || stem.endsWith("j")) {
            readings.add(cut(stem, 1));
        }
        readings.add(word);
        return readings;
    }

    private static String withVowel(String stem) {
        return cut(stem, 1) + "e" + stem.charAt(stem.length() - 1);
    }

    private static boolean isVowel(char letter) {
        return "aeiouAEIOU".indexOf(letter) >= 0;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
