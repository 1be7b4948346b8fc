package city.emona.context;

import city.emona.problem.Problem;
import city.emona.time.Timestamps;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a merge reads its fragment (ETSI GS CIM 009 clause 5.6.17.3).
 *
 * @param simplified whether the fragment is in the simplified representation (clause 4.5.4)
 * @param language the language of the texts that stand where a map of languages was; null for none
 * @param observedAt the time of observation for attributes that had one and whose fragment names none; null for none
 */
public record MergeOptions(
        boolean simplified,
        @Nullable String language,
        @Nullable String observedAt) {

    /** The fragment is normalized or concise and says all by itself. */
    public static final MergeOptions NONE = new MergeOptions(false, null, null);

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    public MergeOptions {
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            throw Problem.badRequestData("»" + language + "« is no language tag.", "Use one of RFC 5646, such as sl.");
        }
        if (observedAt != null && Timestamps.parse(observedAt).isEmpty()) {
            throw Problem.badRequestData(
                    "The parameter observedAt is »" + observedAt + "«.", "Use UTC, for example 2026-11-23T14:05:00Z.");
        }
    }
}
