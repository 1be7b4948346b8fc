package city.emona.vertical.mapping;

import city.emona.vertical.mapping.PersonalData.Kind;
import city.emona.vertical.mapping.PersonalData.Part;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what identifies by its form: addresses of e-mail, numbers of phones, accounts and persons, and plates of cars. */
final class PersonalNumbers {
    private static final String DOT = "(?:\\.|\\s?[(\\[](?:dot|pika)[)\\]]\\s?|\\s(?:dot|pika)\\s)";
    private static final Pattern EMAIL = pattern("[\\p{L}\\d][\\p{L}\\d._%+'-]{0,63}"
            + "(?:\\s?@\\s?|\\s?[(\\[](?:at|afna|na)[)\\]]\\s?|\\safna\\s|\\sat\\s(?=[\\p{L}\\d-]{1,40}\\s(?:dot|pika)\\s))"
            + "[\\p{L}\\d-]{1,63}(?:" + DOT + "[\\p{L}\\d-]{1,63}){1,4}");

    private static final Pattern IBAN = Pattern.compile("(?<![\\p{L}\\d])[A-Za-z]{2}\\d{2}(?:[ -]?[A-Za-z0-9]){11,40}");
    private static final Pattern NAMED_IBAN = pattern(
            "(?<!\\p{L})(?:TRR|IBAN|račun\\p{L}{0,3}|account)[\\s:.]{1,4}((?:SI\\d{2}[ -]?)?\\d(?:[ -]?\\d){11,18})");
    private static final Pattern EMSO = Pattern.compile("(?<!\\d)(\\d{7}[ ]?\\d{3}[ ]?\\d{3})(?!\\d)");
    private static final Pattern NAMED_EMSO =
            pattern("(?<!\\p{L})(?:EMŠO|EMSO|matična številka)[\\s:.]{1,4}(\\d(?:[ -]?\\d){9,12})");
    private static final Pattern TAX_NUMBER = pattern("(?<![\\p{L}\\d])(?:SI[ ]?)?(\\d{8})(?![\\d/])");
    private static final Pattern NAMED_TAX_NUMBER =
            pattern("(?<!\\p{L})(?:davčn\\p{L}{1,3}(?: št\\p{L}{0,7}\\.?)?|DŠ|VAT|tax (?:number|no\\.?|id))"
                    + "[\\s:.]{1,4}((?:SI[ ]?)?\\d(?:[ ]?\\d){6,9})");

    private static final String GAP = "[\\s./()-]{0,3}";
    private static final Pattern PHONE = Pattern.compile("(?<![\\p{L}\\d,])(?:"
            + "(?:\\+|00)[ ]?[1-9]\\d{0,2}" + GAP + "(?:\\(0\\)" + GAP + ")?\\d(?:" + GAP + "\\d){5,11}"
            + "|\\(?0[1-9]?\\)?(?:" + GAP + "\\d){7,10}"
            + "|\\(?[2-9]\\d{2}\\)?[\\s.-]\\d{3}[\\s.-]\\d{4})(?!\\d)");

    private static final Pattern NAMED_PHONE =
            pattern("(?<!\\p{L})(?:tel|telefon\\p{L}{0,4}|mob|mobi\\p{L}{0,6}|gsm|fax|faks|phone"
                    + "|call me (?:at|on)|call|pokličite|pokličete)(?: (?:številk\\p{L}{1,2}|št|number|no|na|me))?[\\s.:]{1,4}"
                    + "(\\(?\\d(?:" + GAP + "\\d){5,12})(?!\\d)");

    /** Dates and marks of files, whose digits could be a phone's. */
    private static final Pattern NO_PHONE = Pattern.compile(
            "\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?(?:19|20)\\d\\d.*|\\d{2,5}-\\d{1,5}/(?:19|20)\\d\\d.*|\\d{1,2}[.:]\\d\\d[\\s-]+\\d{1,2}[.:]\\d\\d.*");

    private static final String REGION = "(?:LJ|KR|KK|MB|MS|KP|GO|CE|SG|NM|PO)";
    private static final Pattern PLATE =
            pattern("(?<![\\p{L}\\d-])" + REGION + "[\\s–-]{0,2}[A-Z0-9]{2,3}[\\s–-]{0,2}[A-Z0-9]{2,3}(?![\\p{L}\\d])");
    private static final Pattern NAMED_PLATE =
            pattern("(?<!\\p{L})(?:registrsk\\p{L}{1,4} (?:številk|oznak|tablic)\\p{L}{1,3}|registracij\\p{L}{1,2}"
                    + "|reg\\.? ?(?:št\\.?|oznak\\p{L}{1,3})|(?:licen[cs]e|number) plates?(?: number)?|registration(?: number)?)"
                    + "(?: (?:je|is))?[\\s:=]{1,3}(?-i:([A-Z0-9](?:[ -]?[A-Z0-9]){3,8}))(?![\\p{L}\\d])");

    private PersonalNumbers() {}

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static void find(String text, List<Part> found) {
        every(EMAIL, text, 0, Kind.EMAIL, found);
        findIbans(text, found);
        every(NAMED_IBAN, text, 1, Kind.IBAN, found);
        every(NAMED_EMSO, text, 1, Kind.EMSO, found);
        every(NAMED_TAX_NUMBER, text, 1, Kind.TAX_NUMBER, found);
        Matcher emso = matcher(EMSO, text);
        while (emso.find()) {
            if (CheckDigits.isEmso(emso.group(1).replace(" ", ""))) {
                found.add(new Part(emso.start(), emso.end(), Kind.EMSO));
            }
        }
        every(NAMED_PLATE, text, 1, Kind.PLATE, found);
        findPlates(text, found);
        every(NAMED_PHONE, text, 1, Kind.PHONE, found);
        Matcher phone = matcher(PHONE, text);
        while (phone.find()) {
            if (!NO_PHONE.matcher(phone.group()).matches()
                    && phone.group().chars().filter(Character::isDigit).count() >= 8) {
                found.add(new Part(phone.start(), phone.end(), Kind.PHONE));
            }
        }
        Matcher tax = matcher(TAX_NUMBER, text);
        while (tax.find()) {
            if (CheckDigits.isTaxNumber(tax.group(1)) && !isDate(tax.group(1))) {
                found.add(new Part(tax.start(), tax.end(), Kind.TAX_NUMBER));
            }
        }
    }

    static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new BoundedText(text));
    }

    private static void every(Pattern pattern, String text, int group, Kind kind, List<Part> found) {
        Matcher matcher = matcher(pattern, text);
        while (matcher.find()) {
            found.add(new Part(matcher.start(group), matcher.end(group), kind));
        }
    }

    private static void findIbans(String text, List<Part> found) {
        Matcher matcher = matcher(IBAN, text);
        int from = 0;
        while (matcher.find(from)) {
            int letters = CheckDigits.ibanLength(
                    matcher.group().replaceAll("[ -]", "").toUpperCase(Locale.ROOT));
            from = letters == 0 ? matcher.start() + 1 : end(text, matcher.start(), letters);
            if (letters > 0) {
                found.add(new Part(matcher.start(), from, Kind.IBAN));
            }
        }
    }

    /** Where so many letters and digits end, blanks and hyphens not counted. */
    private static int end(String text, int from, int letters) {
        int at = from;
        for (int left = letters; left > 0; at++) {
            left -= Character.isLetterOrDigit(text.charAt(at)) ? 1 : 0;
        }
        return at;
    }

    /** Words in a sentence have no digits, and numbers no letters or hyphens; a plate has both, or stands in capitals without a blank. */
    private static void findPlates(String text, List<Part> found) {
        Matcher matcher = matcher(PLATE, text);
        int from = 0;
        while (matcher.find(from)) {
            from = matcher.start() + 1;
            String plate = matcher.group();
            String rest = plate.substring(2).replaceAll("[\\s–-]", "");
            boolean capitals = plate.equals(plate.toUpperCase(Locale.ROOT));
            boolean joined = plate.indexOf('-') >= 0 || plate.indexOf('–') >= 0 || !plate.contains(" ");
            boolean digit = rest.chars().anyMatch(Character::isDigit);
            boolean usual = capitals && plate.matches("(?:LJ|MB|KR|KP|NM|MS|KK)\\s.*");
            if (digit
                    && rest.length() >= 5
                    && (capitals ? joined || usual : joined && plate.matches(".*\\p{L}.*-.*"))) {
                found.add(new Part(matcher.start(), matcher.end(), Kind.PLATE));
                from = matcher.end();
            }
        }
    }

    private static boolean isDate(String digits) {
        return digits.matches("(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])");
    }
}
