package city.emona.vertical.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes out of a free text what tells of whom it is, before it is stored or shown: e-mail addresses, phone numbers, IBAN, EMŠO and tax
 * numbers, car plates, names after salutations, in signatures and where people introduce themselves, and house numbers in sentences that
 * speak of a home. Names of departments stay.
 *
 * <p>It looks for forms, in Slovene and English, and knows no list of names: a neighbour who is named in the middle of a sentence without
 * any of these forms is not found. In doubt it takes out more rather than less.
 */
public final class PersonalData {
    private PersonalData() {}

    /** What was taken out. */
    public enum Kind {
        EMAIL("email", "e-naslov", "e-mail address"),
        PHONE("phone", "telefonska številka", "phone number"),
        IBAN("iban", "bančni račun", "bank account"),
        EMSO("emso", "EMŠO", "personal number"),
        TAX_NUMBER("taxNumber", "davčna številka", "tax number"),
        PLATE("plate", "registrska oznaka", "number plate"),
        NAME("name", "ime", "name"),
        HOUSE_NUMBER("houseNumber", "hišna številka", "house number");

        private final String code;
        private final String sl;
        private final String en;

        Kind(String code, String sl, String en) {
            this.code = code;
            this.sl = sl;
            this.en = en;
        }

        /** The word of the information model. */
        public String code() {
            return code;
        }

        private String placeholder(Locale language) {
            return "[" + (language.getLanguage().equals("en") ? en : sl) + "]";
        }
    }

    /**
     * A text without personal data.
     *
     * @param text with a word in brackets where something was taken out
     * @param removed how often each kind was taken out
     */
    public record Cleaned(String text, Map<Kind, Integer> removed) {
        public Cleaned {
            removed = Map.copyOf(removed);
        }

        /** How much was taken out in all. */
        public int count() {
            return removed.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** A part of a text that is to go. */
    record Part(int from, int to, Kind kind) {
        boolean overlaps(Part other) {
            return from < other.to && other.from < to;
        }
    }

    /**
     * The text without personal data.
     *
     * @param language of the words in brackets: Slovene unless it is English
     */
    public static Cleaned clean(String text, Locale language) {
        List<Part> found = new ArrayList<>();
        PersonalNumbers.find(text, found);
        PersonalNames.find(text, found);
        PersonalHomes.find(text, found);
        List<Part> kept = new ArrayList<>();
        for (Part part : found) {
            if (kept.stream().noneMatch(part::overlaps)) {
                kept.add(part);
            }
        }
        kept.sort(Comparator.comparingInt(Part::from));
        StringBuilder cleaned = new StringBuilder();
        Map<Kind, Integer> removed = new EnumMap<>(Kind.class);
        int at = 0;
        for (Part part : kept) {
            cleaned.append(text, at, part.from()).append(part.kind().placeholder(language));
            removed.merge(part.kind(), 1, Integer::sum);
            at = part.to();
        }
        return new Cleaned(cleaned.append(text, at, text.length()).toString(), removed);
    }
}
