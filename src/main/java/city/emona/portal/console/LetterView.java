package city.emona.portal.console;

import city.emona.portal.Link;

/**
 * A message that was given up, as operators see it.
 *
 * @param action where forms for it are sent
 * @param message what was to be sent; empty where it was never written
 */
public record LetterView(
        String number,
        Link endpoint,
        Link subscription,
        String reason,
        String attempts,
        String moment,
        String message,
        String action) {}
