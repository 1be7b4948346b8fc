package city.emona.governance.council;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number of a document in Slovene office practice, {@code 90000-9/2023-57}: <em>klasifikacijski znak – zaporedna številka zadeve /
 * leto – zaporedna številka dokumenta</em>. What stands before the last hyphen, {@code 90000-9/2023}, is the number of the case; the case
 * number is counted anew for each classification and year, the document number anew for each case.
 *
 * @param classification the mark of the classification plan, {@code 90000}; text, since its leading zeros count
 * @param caseSequence which case of that classification in that year it is: 9
 * @param year the year in which the case was opened: 2023
 * @param documentSequence which document of that case it is: 57; null when the number names only the case
 */
public record CaseNumber(
        String classification,
        int caseSequence,
        int year,
        @Nullable Integer documentSequence) {
    private static final Pattern FORM = Pattern.compile(
            "(?<![\\d/-])(\\d{3,6})\\s?-\\s?(\\d{1,6})\\s?/\\s?((?:19|20)\\d{2})(?:\\s?[-/]\\s?(\\d{1,6}))?(?![\\d/])");

    /** The first such number in a text; dashes of any length and spaces beside them are accepted. */
    public static Optional<CaseNumber> find(String text) {
        Matcher found = FORM.matcher(text.replaceAll("[\u2010-\u2015\u2212]", "-"));
        if (!found.find()) {
            return Optional.empty();
        }
        String document = found.group(4);
        return Optional.of(new CaseNumber(
                found.group(1),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                document == null ? null : Integer.valueOf(document)));
    }

    /** The number of the case, without the document: {@code 90000-9/2023}. */
    public String caseText() {
        return classification + "-" + caseSequence + "/" + year;
    }

    /** The number as the city writes it: {@code 90000-9/2023-57}. */
    public String text() {
        return documentSequence == null ? caseText() : caseText() + "-" + documentSequence;
    }
}
