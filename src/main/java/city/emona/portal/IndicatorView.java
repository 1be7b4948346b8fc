package city.emona.portal;

/**
 * An indicator as people read it.
 *
 * @param value with its unit; a dash where there is none
 * @param state the style sheet's class of its status; empty where there is no target
 * @param word the status in a word
 * @param reason why, in a sentence
 * @param method how the number comes about
 * @param age when it was computed or read, and by whom
 * @param href its page with the history; empty before there is a value
 * @param form where a reading goes; empty where it is computed
 */
public record IndicatorView(
        String id,
        String title,
        String value,
        String state,
        String word,
        String reason,
        String method,
        String age,
        String href,
        String form) {}
