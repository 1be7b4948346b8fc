package city.emona.governance.council;

import city.emona.governance.council.Author.CouncilGroup;
import city.emona.governance.council.Author.Councillor;
import city.emona.governance.council.Author.Gender;
import city.emona.governance.council.SloveneNames.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds who asked. The nominative of the sentence »Svetnica mag. Katja Damij je na 6. seji …« is preferred to the greeting, that to the
 * addressee, and all to the genitive or dative of the subject.
 */
final class AuthorReader {
    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS;
    private static final Pattern COUNCILLOR = Pattern.compile(
            "\\b[Ss](?i:vetni)(?i:(?<form>ca|ce|ci|k|ka|ku))\\b,?\\s+(?<name>" + PersonName.PATTERN + ")", FLAGS);
    private static final Pattern TOGETHER = Pattern.compile(
            "\\b[Ss]vetni(?<form>ka|ki|ci|ce)\\s+(?<names>" + PersonName.PATTERN + "(?:,\\s*" + PersonName.PATTERN
                    + ")*\\s+in\\s+" + PersonName.PATTERN + ")\\s+(?:sta|so)\\b",
            FLAGS);
    private static final Pattern GROUP = Pattern.compile(
            "\\b[Ss]vetni[šs]k(?<form>i|ega|emu)\\s+klub(?:a|u)?\\s+(?:svetnikov\\s+)?(?:stranke\\s+)?[»\"„]?(?<name>\\p{Lu}[^,.;:«\"“]*?)[«\"“]?"
                    + "(?=\\s+(?:je|sta|so|na|glede|o|ob|za|dne|v zvezi|iz)\\b|\\s+[-–]\\s|[,.;:]|$)",
            FLAGS);
    private static final Pattern NAME_FIRST = Pattern.compile(
            "^(?<name>" + PersonName.PATTERN
                    + ")\\s+je\\b.*?\\b(?:podal|postavil|zastavil|vložil|naslovil|predlagal)(?<ending>a?)\\b",
            FLAGS);
    private static final Pattern GREETED = Pattern.compile("(?<name>" + PersonName.PATTERN + ")\\s*[,!:]?$", FLAGS);

    private AuthorReader() {}

    /**
     * The authors.
     *
     * @param introduction the paragraphs that may say who asked, the likeliest first
     */
    static List<Author> read(
            List<String> introduction, @Nullable String greeting, List<String> addressee, @Nullable String subject) {
        List<List<Author>> readings = new ArrayList<>();
        introduction.forEach(p -> readings.add(nominatives(p)));
        if (greeting != null) {
            readings.add(greeted(greeting));
        }
        addressee.forEach(line -> readings.add(named(line)));
        if (subject != null) {
            readings.add(named(subject));
        }
        introduction.forEach(p -> readings.add(named(p)));
        readings.removeIf(List::isEmpty);
        if (readings.isEmpty()) {
            return List.of();
        }
        return readings.getFirst().stream()
                .map(a -> completed(a, readings))
                .distinct()
                .toList();
    }

    private static List<Author> nominatives(String paragraph) {
        List<Author> together = together(paragraph);
        if (!together.isEmpty()) {
            return together;
        }
        List<Author> named =
                named(paragraph).stream().filter(a -> !a.isDerived()).toList();
        if (!named.isEmpty()) {
            return named;
        }
        Matcher matcher = NAME_FIRST.matcher(paragraph);
        if (!matcher.find()) {
            return List.of();
        }
        Gender gender = matcher.group("ending").isEmpty() ? Gender.MALE : Gender.FEMALE;
        return List.of(new Councillor(PersonName.of(matcher.group("name")), gender, false));
    }

    /** »Svetnici Mojca Sojar in Jasna Kos sta«: names in the nominative; the masculine form may stand for both genders. */
    private static List<Author> together(String paragraph) {
        Matcher matcher = TOGETHER.matcher(paragraph);
        if (!matcher.find()) {
            return List.of();
        }
        boolean female = matcher.group("form").startsWith("c");
        List<Author> authors = new ArrayList<>();
        for (String name : matcher.group("names").split(",\\s*|\\s+in\\s+", -1)) {
            authors.add(new Councillor(PersonName.of(name), female ? Gender.FEMALE : null, false));
        }
        return authors;
    }

    private static List<Author> named(String text) {
        List<Author> authors = new ArrayList<>();
        Matcher group = GROUP.matcher(text);
        if (group.find()) {
            authors.add(new CouncilGroup(
                    group.group("name").strip(), !group.group("form").equals("i")));
        }
        if (authors.isEmpty()) {
            COUNCILLOR
                    .matcher(text)
                    .results()
                    .forEach(found ->
                            authors.add(councillor(found.group("form").toLowerCase(Locale.ROOT), found.group("name"))));
        }
        return authors;
    }

    private static Author councillor(String form, String name) {
        Gender gender = form.startsWith("c") ? Gender.FEMALE : Gender.MALE;
        Case grammaticalCase =
                switch (form) {
                    case "ce", "ka" -> Case.GENITIVE;
                    case "ci", "ku" -> Case.DATIVE;
                    default -> Case.NOMINATIVE;
                };
        PersonName nominative = SloveneNames.nominative(PersonName.of(name), grammaticalCase, gender);
        return new Councillor(nominative, gender, grammaticalCase != Case.NOMINATIVE);
    }

    private static List<Author> greeted(String greeting) {
        List<Author> named = named(greeting);
        if (!named.isEmpty()) {
            return named;
        }
        String first = greeting.split("\\s", 2)[0];
        Matcher matcher = GREETED.matcher(greeting.substring(first.length()));
        if (!matcher.find() || first.endsWith(",")) {
            return List.of();
        }
        Gender gender = first.endsWith("a") ? Gender.FEMALE : Gender.MALE;
        return List.of(new Councillor(PersonName.of(matcher.group("name")), gender, false));
    }

    /** A title and a gender may stand in another place than the best form of the name. */
    private static Author completed(Author author, List<List<Author>> readings) {
        if (!(author instanceof Councillor councillor)) {
            return author;
        }
        List<Councillor> same = readings.stream()
                .flatMap(List::stream)
                .filter(Councillor.class::isInstance)
                .map(Councillor.class::cast)
                .filter(other -> isSamePerson(councillor.name(), other.name()))
                .toList();
        String title = first(same.stream()
                        .map(c -> c.name().title())
                        .filter(t -> !t.isEmpty())
                        .toList())
                .orElse("");
        Gender gender = first(same.stream()
                        .flatMap(c -> Optional.ofNullable(c.gender()).stream())
                        .toList())
                .orElse(null);
        return new Councillor(new PersonName(title, councillor.name().name()), gender, councillor.isDerived());
    }

    private static <T> Optional<T> first(List<T> values) {
        return values.stream().findFirst();
    }

    private static boolean isSamePerson(PersonName one, PersonName other) {
        String[] words = one.name().split(" ", -1);
        String[] others = other.name().split(" ", -1);
        if (words.length != others.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            int shared = Math.min(3, Math.min(words[i].length(), others[i].length()));
            if (!words[i].regionMatches(true, 0, others[i], 0, shared)) {
                return false;
            }
        }
        return true;
    }
}
