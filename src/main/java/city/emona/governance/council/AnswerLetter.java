package city.emona.governance.council;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The city's answer to an initiative or a question of a councillor, as read from the letter. What the letter does not have is null or
 * empty, and stands in {@code missing} with the reason.
 *
 * @param caseNumber the number of the answer
 * @param date the day of the answer
 * @param addressee line by line
 * @param authors who asked; several when they asked together
 * @param proposal what was proposed or asked, as the letter puts it: »za ustanovitev Odbora za digitalizacijo«
 * @param introduction the paragraphs that say what was asked
 * @param body the paragraphs of the answer itself
 * @param blocks the complete letter in its order, set apart by the part that each block plays
 * @param text the letter to the letter, without a byte order mark
 */
public record AnswerLetter(
        Sender sender,
        @Nullable CaseNumber caseNumber,
        @Nullable LocalDate date,
        List<String> addressee,
        @Nullable String subject,
        List<Author> authors,
        @Nullable SessionReference session,
        @Nullable InitiativeKind kind,
        @Nullable String proposal,
        List<String> introduction,
        @Nullable String greeting,
        List<String> body,
        @Nullable String closing,
        @Nullable PersonName signer,
        @Nullable String signerFunction,
        List<MissingPart> missing,
        List<LetterBlock> blocks,
        String text) {
    public AnswerLetter {
        addressee = List.copyOf(addressee);
        authors = List.copyOf(authors);
        introduction = List.copyOf(introduction);
        body = List.copyOf(body);
        missing = List.copyOf(missing);
        blocks = List.copyOf(blocks);
    }

    /** The days from the session to the answer; empty when either day is missing or the answer would be the earlier one. */
    public OptionalLong daysToAnswer() {
        if (date == null || session == null || session.date() == null || date.isBefore(session.date())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(ChronoUnit.DAYS.between(session.date(), date));
    }

    /** Whether a part is missing. */
    public boolean lacks(LetterPart part) {
        return missing.stream().anyMatch(m -> m.part() == part);
    }
}
