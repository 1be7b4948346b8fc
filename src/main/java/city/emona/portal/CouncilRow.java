package city.emona.portal;

/**
 * One line of the council's register.
 *
 * @param title in Slovene, as in the letter
 * @param matter who asked, and at which session
 * @param state the css class behind »state-«
 * @param stateWord the state in words
 * @param raised the day of the session; a dash where it is not known
 * @param answered the day of the answer; a dash where there is none
 */
public record CouncilRow(
        String href,
        String title,
        boolean isDemo,
        String matter,
        String caseNumber,
        String state,
        String stateWord,
        String raised,
        String answered) {}
