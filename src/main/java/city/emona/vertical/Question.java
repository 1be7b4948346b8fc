package city.emona.vertical;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a vertical asks of the city that installs it. Declarations of sources, rules and indicators say {@code ${id}} where the
 * answer belongs.
 *
 * @param title the question, as people read it
 * @param help where to find the answer; null when the question says enough
 * @param required whether the vertical cannot run without an answer
 * @param otherwise the answer of those who give none; null for none
 * @param choices the possible answers of {@link Kind#CHOICE}
 * @param least the least number, of {@link Kind#NUMBER}
 * @param most the greatest number
 */
public record Question(
        String id,
        Kind kind,
        LocalizedText title,
        @Nullable LocalizedText help,
        boolean required,
        @Nullable String otherwise,
        List<Choice> choices,
        @Nullable Double least,
        @Nullable Double most) {
    private static final int MAX_LENGTH = 4_000;

    /** What an answer is. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        CHOICE,
        /** A text that is never shown. */
        SECRET,
        /** A URL. */
        ADDRESS,
        /** A time zone such as Europe/Ljubljana. */
        TIMEZONE
    }

    /** One possible answer. */
    public record Choice(String value, LocalizedText title) {}

    public Question {
        choices = List.copyOf(choices);
        if ((kind == Kind.CHOICE) == choices.isEmpty()) {
            throw new IllegalArgumentException("a question has choices exactly when its kind is choice");
        }
        if (kind == Kind.SECRET && otherwise != null) {
            throw new IllegalArgumentException("a secret stands in no package, so it has no default");
        }
    }

    public Optional<LocalizedText> findHelp() {
        return Optional.ofNullable(help);
    }

    public Optional<String> findOtherwise() {
        return Optional.ofNullable(otherwise);
    }

    public Optional<Double> findLeast() {
        return Optional.ofNullable(least);
    }

    public Optional<Double> findMost() {
        return Optional.ofNullable(most);
    }

    /** What is wrong with an answer; empty when nothing is. */
    public Optional<LocalizedText> findFault(String answer) {
        if (answer.length() > MAX_LENGTH || answer.chars().anyMatch(c -> c < ' ')) {
            return fault("je predolg ali ima več vrstic", "is too long or has several lines");
        }
        return switch (kind) {
            case TEXT, SECRET -> answer.isBlank() ? fault("je prazen", "is empty") : Optional.empty();
            case NUMBER -> findFaultOfNumber(answer);
            case BOOLEAN ->
                answer.equals("true") || answer.equals("false")
                        ? Optional.empty()
                        : fault("ni true ali false", "is neither true nor false");
            case CHOICE ->
                choices.stream().anyMatch(choice -> choice.value().equals(answer))
                        ? Optional.empty()
                        : fault("ni med izbirami", "is not among the choices");
            case ADDRESS -> isAddress(answer) ? Optional.empty() : fault("ni spletni naslov", "is no web address");
            case TIMEZONE -> isZone(answer) ? Optional.empty() : fault("ni časovni pas", "is no time zone");
        };
    }

    private Optional<LocalizedText> findFaultOfNumber(String answer) {
        try {
            double number = Double.parseDouble(answer);
            boolean fits =
                    Double.isFinite(number) && (least == null || number >= least) && (most == null || number <= most);
            return fits ? Optional.empty() : fault("je zunaj meja" + bounds(','), "is out of bounds" + bounds('.'));
        } catch (NumberFormatException _) {
            return fault("ni število", "is no number");
        }
    }

    /** The bounds of a number in brackets; empty for none. */
    private String bounds(char decimal) {
        return least == null && most == null
                ? ""
                : " (" + (least == null ? "" : plain(least, decimal)) + " … "
                        + (most == null ? "" : plain(most, decimal)) + ")";
    }

    /** A bound as it is written, with a point or a comma before its decimals. */
    public static String plain(double bound, char decimal) {
        return new BigDecimal(Double.toString(bound))
                .stripTrailingZeros()
                .toPlainString()
                .replace('.', decimal);
    }

    private Optional<LocalizedText> fault(String sl, String en) {
        return Optional.of(new LocalizedText(
                "Odgovor »" + title.sl() + "« " + sl + ".", "The answer »" + title.en() + "« " + en + "."));
    }

    private static boolean isAddress(String answer) {
        try {
            URI address = URI.create(answer);
            return address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isZone(String answer) {
        try {
            return !ZoneId.of(answer).getId().isEmpty();
        } catch (DateTimeException _) {
            return false;
        }
    }
}
