package city.emona.portal.console;

import city.emona.portal.Language;
import city.emona.portal.Texts;
import city.emona.vertical.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the language of the page what is not right with a package. Findings are English, as authors and programs get them; the file
 * {@code findings_sl.txt} has the Slovene of each, with places for what differs.
 */
final class FindingWords {
    private static final String ARROW = " => ";
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    private static final List<Known> KNOWN = read();

    /** A sentence with places {0}, {1} and so on, and the same in Slovene. */
    record Known(String english, Pattern pattern, String slovene) {
        static Known of(String line) {
            int arrow = line.indexOf(ARROW);
            if (arrow < 0) {
                throw new IllegalArgumentException("findings_sl.txt has a line without an arrow: " + line);
            }
            String english = line.substring(0, arrow);
            StringBuilder pattern = new StringBuilder();
            Matcher places = PLACE.matcher(english);
            int at = 0;
            while (places.find()) {
                pattern.append(Pattern.quote(english.substring(at, places.start())))
                        .append("(.*?)");
                at = places.end();
            }
            pattern.append(Pattern.quote(english.substring(at)));
            return new Known(
                    english,
                    Pattern.compile(pattern.toString(), Pattern.DOTALL),
                    line.substring(arrow + ARROW.length()));
        }
    }

    private FindingWords() {}

    private static List<Known> read() {
        List<Known> known = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                        FindingWords.class.getResourceAsStream("findings_sl.txt"), "findings_sl.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.isBlank()).map(Known::of).forEach(known::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    static List<Known> listKnown() {
        return KNOWN;
    }

    /** A sentence as people read it; one that is not known stays as it is. */
    static String words(String sentence, Language language) {
        if (language == Language.ENGLISH) {
            return sentence;
        }
        for (Known known : KNOWN) {
            Matcher matcher = known.pattern().matcher(sentence);
            if (matcher.matches()) {
                String words = known.slovene();
                for (int i = 0; i < matcher.groupCount(); i++) {
                    words = words.replace("{" + i + "}", matcher.group(i + 1));
                }
                return words;
            }
        }
        return sentence;
    }

    static List<FindingView> views(List<Finding> findings, Language language) {
        return findings.stream().map(finding -> view(finding, language)).toList();
    }

    private static FindingView view(Finding finding, Language language) {
        String place = finding.line() > 0
                ? Texts.of(language).text("console.finding.line", finding.file(), finding.line())
                : finding.file();
        return new FindingView(place, words(finding.reason(), language), words(finding.remedy(), language));
    }
}
