package city.emona.governance.council;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An initiative or question from the session to its answers, as the register has it. What is not known is null or empty.
 *
 * @param title in the words of the letter, in Slovene
 * @param kind null when the letter does not say
 * @param introduction the sentences of the letter that say what was asked
 * @param answers in the order of their days; empty while there is none
 * @param isDemo whether it is made up
 */
public record InitiativeStory(
        String id,
        String title,
        @Nullable InitiativeKind kind,
        List<Party> authors,
        @Nullable SessionReference session,
        String introduction,
        List<Answer> answers,
        boolean isDemo) {
    public InitiativeStory {
        authors = List.copyOf(authors);
        answers = List.copyOf(answers);
    }

    /**
     * A person or a body that takes part.
     *
     * @param gender null where it does not matter or is not known
     * @param isBody whether it is a body and not a person
     * @param isNameDerived whether the nominative is worked out from another case
     */
    public record Party(
            String id, String name, Author.@Nullable Gender gender, boolean isBody, boolean isNameDerived) {}

    /**
     * One answer of the city.
     *
     * @param subject the subject line of the letter, or an empty text
     * @param signerFunction an empty text where it is not known
     * @param days from the session to the answer
     * @param originalText the letter to the letter, or an empty text
     * @param missing the parts that the letter lacks
     * @param language the language tag of the letter
     */
    public record Answer(
            String id,
            @Nullable CaseNumber caseNumber,
            @Nullable LocalDate date,
            @Nullable Party unit,
            @Nullable Party signer,
            String signerFunction,
            String subject,
            OptionalLong days,
            String originalText,
            List<MissingPart> missing,
            String language) {
        public Answer {
            missing = List.copyOf(missing);
        }

        /** The letter, block by block; empty where the original is not there. */
        public List<LetterBlock> letter() {
            return LetterLayout.read(originalText);
        }

        /** The last part of the id. */
        public String localId() {
            return CouncilRecord.localId(id);
        }
    }

    /** The last part of the id, with which the page is addressed. */
    public String localId() {
        return CouncilRecord.localId(id);
    }

    /** The day of the session; empty where it is not known. */
    public Optional<LocalDate> findRaisedOn() {
        return Optional.ofNullable(session).flatMap(s -> Optional.ofNullable(s.date()));
    }

    /** The first answer. */
    public Optional<Answer> findFirstAnswer() {
        return answers.stream().findFirst();
    }
}
