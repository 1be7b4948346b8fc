package city.emona.vertical.mapping;

import city.emona.vertical.mapping.PersonalData.Kind;
import city.emona.vertical.mapping.PersonalData.Part;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds names of people by what stands before them: a salutation, the close of a letter, an introduction. */
final class PersonalNames {
    private static final String NAME = "(?-i:\\p{Lu}[\\p{L}'’-]{1,30}|\\p{Lu}\\.)";
    private static final String NAMES = NAME + "(?:[ \\u00a0]" + NAME + "){0,3}";
    private static final String NOT_IN_A_WORD = "(?<![\\p{L}\\d])";

    private static final Pattern SALUTATION = pattern(NOT_IN_A_WORD
            + "(?:g\\.|ga\\.|gdč\\.|gospod(?:a|u|om|e|je|ični?\\p{L}?)?|gosp[aeo]|gospej|dr\\.|mag\\.|prof\\.|inž\\.|mr\\.?|mrs\\.?|ms\\.?|miss"
            + "|dr|sosed(?:a|u|om|e|i|o|je|ov|ova|ovi)?|neighbou?rs?|dear|spoštovan[iae]|dragi|draga)[ \\u00a0]{1,2}("
            + NAMES + ")");

    private static final Pattern INTRODUCTION = pattern(NOT_IN_A_WORD
            + "(?:ime mi je|moje ime je|podpisan[iae]|ime in priimek\\s?:?|prijavitelj(?:ica)?\\s?:|kontaktna oseba\\s?:|kontakt\\s?:|pobudnik\\s?:"
            + "|my name is|reported by\\s?:?|name\\s?:|contact\\s?:|signed\\s?:?|pišem vam)[ \\u00a0]{0,2}(" + NAMES
            + ")");

    private static final Pattern I_AM =
            pattern(NOT_IN_A_WORD + "(?:sem|i am|i'm)[ \\u00a0](" + NAME + "[ \\u00a0]" + NAME + ")(?!\\p{L})");

    private static final String CLOSE =
            "(?:(?:z )?lep(?:o|imi)? pozdrav\\p{L}{0,2}|lp|l\\.p\\.|s? ?spoštovanjem|pozdrav(?:i|ček|čki|ljeni)?|hvala(?: lepa)?"
                    + "|(?:(?:best|kind|warm) )?regards|(?:yours )?(?:sincerely|faithfully|truly)|thanks|thank you|cheers|best wishes)";

    private static final Pattern SIGNATURE =
            pattern(NOT_IN_A_WORD + CLOSE + "[\\s,.!:;–-]{1,6}(" + NAMES + ")(?=\\s*(?:$|[\\n\\r,;.!(\\[+\\d]))");

    private static final Pattern SMALL_SIGNATURE =
            pattern(NOT_IN_A_WORD + CLOSE + "\\s?[,\\n\\r]\\s{0,3}(\\p{L}{2,20}(?: \\p{L}{2,20}){0,2})\\s*[.!]?\\s*$");

    private static final Pattern LAST_LINE = Pattern.compile("[\\n\\r]\\s*(" + NAME + "(?: " + NAME + "){1,2})\\s*$");

    /** Words that begin a sentence, or belong to an office or a place, and are no names of people. */
    private static final Set<String> NO_NAMES = Set.of(
            "oddelek",
            "oddelka",
            "oddelku",
            "služba",
            "službe",
            "urad",
            "urada",
            "odsek",
            "odseka",
            "četrtna",
            "mestna",
            "mestni",
            "mestne",
            "občina",
            "občine",
            "občini",
            "občani",
            "zavod",
            "javno",
            "javni",
            "podjetje",
            "center",
            "inšpektorat",
            "redarstvo",
            "policija",
            "vrtec",
            "šola",
            "župan",
            "županu",
            "župana",
            "uprava",
            "svetniki",
            "ljubljana",
            "ljubljane",
            "ljubljani",
            "maribor",
            "slovenija",
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "gospod",
            "gospa",
            "mol",
            "lpp",
            "jhl",
            "jp",
            "snaga",
            "voka",
            "lpt",
            "department",
            "office",
            "council",
            "city",
            "agency",
            "division",
            "bureau",
            "company",
            "street",
            "park",
            "mayor",
            "sir",
            "madam",
            "sirs",
            "all",
            "team",
            "everyone",
            "residents",
            "hello",
            "please",
            "prosim",
            "prosimo",
            "hvala",
            "lep",
            "lepo",
            "pozdravljeni",
            "spoštovani",
            "vsem",
            "vam",
            "vsi",
            "iz",
            "in",
            "še",
            "enkrat",
            "naprej",
            "again",
            "advance",
            "for",
            "the",
            "you",
            "very",
            "much",
            "lepa",
            "vnaprej",
            "za",
            "že",
            "odgovor",
            "pomoč",
            "ker",
            "in advance",
            "občanka",
            "občan",
            "krajani",
            "stanovalci",
            "stanovalka",
            "resident",
            "neighbours",
            "citizen",
            "we",
            "it",
            "this",
            "there",
            "public",
            "works",
            "roads",
            "water",
            "parks");

    /** What makes a name that of a street. */
    private static final Pattern STREET_BEFORE =
            pattern("(?:ulic|cest|trg|pot|nabrežj|park|šol|vrt|dom)\\p{L}{0,3}[ \\u00a0]$");

    private static final Pattern STREET_AFTER =
            pattern("^(?:\\p{L}{1,20} )?(?:ulic|cest|trg|nabrežj|steza|street|road|avenue|lane|square|school)");
    private static final int LOOK_BACK = 14;

    private PersonalNames() {}

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static void find(String text, List<Part> found) {
        for (Pattern pattern : List.of(SALUTATION, INTRODUCTION, I_AM, SIGNATURE, SMALL_SIGNATURE, LAST_LINE)) {
            Matcher matcher = PersonalNumbers.matcher(pattern, text);
            int from = 0;
            while (from <= text.length() && matcher.find(from)) {
                from = Math.max(matcher.start() + 1, matcher.start(1));
                String before = text.substring(Math.max(0, matcher.start() - LOOK_BACK), matcher.start());
                String after = text.substring(matcher.end(1)).stripLeading();
                if (isName(matcher.group(1))
                        && !STREET_BEFORE.matcher(before).find()
                        && !STREET_AFTER.matcher(after).find()) {
                    found.add(new Part(matcher.start(1), matcher.end(1), Kind.NAME));
                    from = matcher.end(1);
                }
            }
        }
    }

    private static boolean isName(String words) {
        for (String word : words.toLowerCase(Locale.ROOT).split("[ \\u00a0]", -1)) {
            if (NO_NAMES.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Where the signature of a text begins; its length where it has none. */
    static int signature(String text) {
        int at = text.length();
        for (Pattern pattern : List.of(SIGNATURE, SMALL_SIGNATURE, LAST_LINE)) {
            Matcher matcher = PersonalNumbers.matcher(pattern, text);
            while (matcher.find()) {
                at = isName(matcher.group(1)) ? Math.min(at, matcher.start(1)) : at;
            }
        }
        return at;
    }
}
