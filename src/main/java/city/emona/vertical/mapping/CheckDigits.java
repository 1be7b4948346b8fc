package city.emona.vertical.mapping;

import java.math.BigInteger;
import java.util.Map;

/** Tells numbers that identify a person or an account from other numbers of the same length, by their check digits. */
final class CheckDigits {
    private static final Map<String, Integer> IBAN_LENGTHS =
            Map.of("SI", 19, "AT", 20, "HR", 21, "DE", 22, "GB", 22, "IT", 27, "FR", 27, "HU", 28, "NL", 18, "BE", 16);

    private static final int SHORTEST_IBAN = 15;
    private static final int LONGEST_IBAN = 34;

    private CheckDigits() {}

    /** Whether 13 digits are an EMŠO: the day and month of birth, and a check digit modulo 11. */
    static boolean isEmso(String digits) {
        int day = Integer.parseInt(digits, 0, 2, 10);
        int month = Integer.parseInt(digits, 2, 4, 10);
        if (digits.length() != 13 || day < 1 || day > 31 || month < 1 || month > 12) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (7 - i % 6) * (digits.charAt(i) - '0');
        }
        return (11 - sum % 11) % 11 == digits.charAt(12) - '0';
    }

    /** Whether 8 digits are a Slovene tax number, by its check digit modulo 11. */
    static boolean isTaxNumber(String digits) {
        if (digits.length() != 8 || digits.charAt(0) == '0') {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += (8 - i) * (digits.charAt(i) - '0');
        }
        int rest = 11 - sum % 11;
        return rest < 11 && rest % 10 == digits.charAt(7) - '0';
    }

    /** How many of the first characters, without blanks, are an IBAN (ISO 13616); 0 for none. */
    static int ibanLength(String letters) {
        Integer usual = IBAN_LENGTHS.get(letters.substring(0, 2));
        if (usual != null) {
            // a Slovene account that was mistyped is one all the same
            boolean fits = letters.length() >= usual
                    && (letters.matches("SI\\d{17}.*") || isIban(letters.substring(0, usual)));
            return fits ? usual : 0;
        }
        for (int length = Math.min(LONGEST_IBAN, letters.length()); length >= SHORTEST_IBAN; length--) {
            if (isIban(letters.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }

    private static boolean isIban(String iban) {
        StringBuilder digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
