package city.emona.governance.council;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The session of the city council at which an initiative was made, as a letter names it.
 *
 * @param number counted anew in each mandate; null when the letter does not say
 * @param isExtraordinary whether it was an extraordinary session (izredna seja), which are counted apart
 * @param date null when the letter does not say
 */
public record SessionReference(
        @Nullable Integer number,
        boolean isExtraordinary,
        @Nullable LocalDate date) {}
