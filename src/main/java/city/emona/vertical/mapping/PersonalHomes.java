package city.emona.vertical.mapping;

import city.emona.vertical.mapping.PersonalData.Kind;
import city.emona.vertical.mapping.PersonalData.Part;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds numbers of houses in sentences that speak of a home, and in signatures. A number in any other sentence tells where a problem is. */
final class PersonalHomes {
    private static final Pattern HOME = pattern(
            "(?<!\\p{L})(?:živi(?:m|mo|š|jo|ta|va)?|stanuje(?:m|mo|jo)?|stanujoč\\p{L}{0,3}|prebiva(?:m|mo|jo)?|biva(?:m|mo)"
                    + "|doma|pri (?:meni|nas)|sosed\\p{L}{0,4}|(?:moj|naš|svoj|njegov|njen|njihov)\\p{L}{0,3} (?:hiš|dom|blok|naslov|stanovanj|dvorišč|vhod|vrt|ograj|parcel|garaž|okn|balkon|vrat)\\p{L}{0,4}"
                    + "|pred (?:mojo|našo|mojim|našim)|naslov\\s?:|stalno prebivališče|i live|we live|lives? (?:at|in|on)|living (?:at|in|on)"
                    + "|resid(?:e|ent|ing) (?:at|of|in)|(?:my|our|his|her|their) (?:house|home|flat|apartment|address|garden|door|driveway|front|building|place)"
                    + "|neighbou?rs?|(?:home )?address\\s?(?:is|:)|outside (?:my|our))(?!\\p{L})");

    private static final String NUMBER = "(\\d{1,4}(?:\\s?[a-hA-H](?![\\p{L}]))?(?:\\s?/\\s?\\d{1,3})?)";
    private static final String NOT_OTHER =
            "(?![\\d\\p{L}]|[.,:]\\d|\\.\\s?\\d|\\.?\\s?(?:m|km|metr\\p{L}*|let\\p{L}*|ur\\p{L}*|min\\p{L}*|dni|dan|eur|€|%|h|krat|leta|januar\\p{L}*|februar\\p{L}*|marc\\p{L}*"
                    + "|april\\p{L}*|maj\\p{L}*|junij\\p{L}*|julij\\p{L}*|avgust\\p{L}*|septemb\\p{L}*|oktob\\p{L}*|novemb\\p{L}*|decemb\\p{L}*|years?|months?|metres?|meters?|minutes?)(?!\\p{L}))";

    private static final Pattern BEHIND_A_STREET = Pattern.compile(
            "\\p{Lu}[\\p{L}.]{1,30}(?:[ \\u00a0](?:(?i:cest|ulic|trg|pot|nabrežj|naselj|stez|gas|brd|hrib|dolin|most|c\\.|ul\\.|ob|na|pri|pod|nad|v|za|šol)\\p{L}{0,4}|\\p{Lu}\\p{L}{1,20})){0,3}[ \\u00a0]"
                    + NUMBER + NOT_OTHER);

    private static final Pattern AFTER_A_WORD = pattern(
            "(?<!\\p{L})(?:hišn\\p{L}{1,3} (?:številk\\p{L}{1,2}|št\\.?)|št\\.|številk\\p{L}{1,2}|house number|number|no\\.|flat|apt\\.?|apartment)\\s{0,2}"
                    + NUMBER + NOT_OTHER);

    private static final Pattern BEFORE_A_STREET = Pattern.compile(
            "(?<![\\d.,])(\\d{1,5}[A-Za-z]?)\\s(?:\\p{Lu}[\\p{L}'’.]{1,20}\\s){1,3}"
                    + "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Court|Ct|Close|Square|Sq|Boulevard|Blvd|Terrace|Place)(?!\\p{L})");

    private PersonalHomes() {}

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static void find(String text, List<Part> found) {
        int signature = PersonalNames.signature(text);
        int from = 0;
        while (from < signature) {
            int to = endOfSentence(text, from);
            if (PersonalNumbers.matcher(HOME, text.substring(from, to)).find()) {
                numbers(text.substring(from, Math.min(to, signature)), from, found);
            }
            from = to;
        }
        numbers(text.substring(signature), signature, found);
    }

    /** A point ends a sentence when a capital letter comes next; behind an abbreviation and in a number it does not. */
    private static int endOfSentence(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign == '!' || sign == '?' || sign == '\n' || (sign == '.' && isCapitalNext(text, at + 1))) {
                return at + 1;
            }
        }
        return text.length();
    }

    private static boolean isCapitalNext(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at > from && at < text.length() && Character.isUpperCase(text.charAt(at));
    }

    private static void numbers(String part, int offset, List<Part> found) {
        for (Pattern pattern : List.of(BEFORE_A_STREET, BEHIND_A_STREET, AFTER_A_WORD)) {
            Matcher number = PersonalNumbers.matcher(pattern, part);
            while (number.find()) {
                found.add(new Part(offset + number.start(1), offset + number.end(1), Kind.HOUSE_NUMBER));
            }
        }
    }
}
