package city.emona.portal.console;

import java.util.List;

/** What the page of accounts, keys and rights shows. */
public final class AccessView {
    private AccessView() {}

    /** A choice of a form. */
    public record Option(String value, String text) {}

    /**
     * An account.
     *
     * @param state the style sheet's class: good, watch or none
     * @param word the state in a word
     */
    public record AccountRow(
            String id,
            String name,
            String login,
            String state,
            String word,
            List<GrantRow> grants,
            boolean hasFactor,
            boolean isUsable) {}

    /** A role of an account, with its words. */
    public record GrantRow(String role, String domain, String words) {}

    /**
     * A key.
     *
     * @param start how it begins
     * @param by who made it
     * @param used when it was last used, in words
     */
    public record KeyRow(
            String id,
            String name,
            String start,
            String state,
            String word,
            String roles,
            String by,
            String used,
            String expires,
            boolean isGood) {}

    /** A right, what it means, and who has it. */
    public record RightRow(String word, String meaning, String roles) {}
}
