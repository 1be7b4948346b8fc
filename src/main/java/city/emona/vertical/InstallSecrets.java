package city.emona.vertical;

import city.emona.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers that nobody may see. They are kept apart from everything else and asked for only when a source connects. */
@FunctionalInterface
public interface InstallSecrets {
    /** Knows none. */
    InstallSecrets NONE = (_, _) -> Optional.empty();

    /** What stands for an answer: {@code ${apiKey}}. */
    Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9]{0,62})}");

    /** The secret that answers a question of a vertical. */
    Optional<String> find(String vertical, String question);

    /**
     * A text with its secrets in their places, for use and not for show.
     *
     * @throws Problem of type BadRequestData when a question is not answered
     */
    default String reveal(String vertical, String text) {
        Matcher places = PLACE.matcher(text);
        return places.replaceAll(place -> Matcher.quoteReplacement(find(vertical, place.group(1))
                .orElseThrow(() -> Problem.badRequestData(
                        "The question »" + place.group(1) + "« is not answered.",
                        "Answer it when you install the vertical, or with ./emona vertical upgrade."))));
    }
}
