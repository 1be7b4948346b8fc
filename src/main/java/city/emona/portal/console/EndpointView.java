package city.emona.portal.console;

import city.emona.portal.Link;

/**
 * An endpoint as operators see it.
 *
 * @param link its page, by its address
 * @param action where forms for it are sent
 * @param state the style sheet's class: good, watch or act
 * @param word the state in words, with when it is tried next
 * @param reason why the last attempt failed that did; empty when none did
 * @param waiting how many messages wait
 * @param oldest how long the first of them has waited; empty when none waits
 * @param lastSuccess when it last took a message, in words
 * @param lastFailure when it last did not, in words
 * @param letters how many messages to it were given up
 * @param lettersHref where they are
 * @param isHeld whether an operator has nothing sent
 * @param isFailing whether the last attempt failed
 */
public record EndpointView(
        Link link,
        String action,
        String state,
        String word,
        String reason,
        String waiting,
        String oldest,
        String sent,
        String failed,
        String refused,
        String dropped,
        String lastSuccess,
        String lastFailure,
        String letters,
        String lettersHref,
        boolean isHeld,
        boolean isFailing) {}
