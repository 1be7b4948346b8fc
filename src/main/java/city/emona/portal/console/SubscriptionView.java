package city.emona.portal.console;

import city.emona.portal.Link;
import java.util.List;
import java.util.Optional;

/**
 * A subscription as operators see it.
 *
 * @param link its page, by its name, or its id where it has none
 * @param watches what it watches, in parts of a sentence
 * @param endpoint where its notifications go; without an address while nothing was ever sent there
 * @param state the style sheet's class: good, watch, act or none
 * @param word the state in a word
 * @param sent how many notifications were attempted
 * @param lastNotification when the last was, in words
 * @param lastFailure when one last failed, in words
 * @param expiry when it ends, in words
 */
public record SubscriptionView(
        String id,
        Link link,
        List<String> watches,
        String address,
        Optional<Link> endpoint,
        String state,
        String word,
        String sent,
        String lastNotification,
        String lastFailure,
        String expiry) {}
