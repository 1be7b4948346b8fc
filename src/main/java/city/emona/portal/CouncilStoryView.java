package city.emona.portal;

import city.emona.governance.council.LetterBlock;
import java.util.List;

/**
 * The page of one initiative.
 *
 * @param title in Slovene, as in the letter
 * @param summary in one or two sentences
 * @param state the css class behind »state-«
 * @param steps the story, in its order
 * @param commands how a program gets the same
 */
public record CouncilStoryView(
        String kind,
        String title,
        boolean isDemo,
        String summary,
        String state,
        String stateWord,
        List<Step> steps,
        List<AnswerView> answers,
        List<ApiCommand> commands) {

    /**
     * One step of the story; or the time between two, then with a title alone.
     *
     * @param day in words; empty for the time between
     * @param isoDay for machines; empty where the day is not known
     * @param lines who took part
     * @param note what is not known, and why; empty when nothing is amiss
     */
    public record Step(boolean isBetween, String day, String isoDay, String title, List<Line> lines, String note) {}

    /** A name, with what the person or body is. */
    public record Line(String name, String role) {}

    /**
     * One answer with its letter.
     *
     * @param number the whole number; empty where it is not known
     * @param numberParts the parts of the number, each with its name
     * @param language the language tag of the letter
     * @param missing what the letter lacks, each with the reason
     */
    public record AnswerView(
            String anchor,
            String number,
            List<Fact> numberParts,
            String day,
            String isoDay,
            String unit,
            String subject,
            String signer,
            String language,
            List<LetterBlock> letter,
            List<Fact> missing) {}

    /** A name with its value. */
    public record Fact(String title, String value) {}

    /** A command for a terminal. */
    public record ApiCommand(String title, String text) {}
}
