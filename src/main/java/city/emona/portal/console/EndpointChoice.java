package city.emona.portal.console;

/**
 * An endpoint to choose from a list.
 *
 * @param id empty for all
 */
public record EndpointChoice(String id, String label, boolean isChosen) {}
