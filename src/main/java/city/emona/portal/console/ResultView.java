package city.emona.portal.console;

/**
 * What became of an order, as a page shows it.
 *
 * @param state the style sheet's class: good or watch
 */
public record ResultView(String state, String sentence) {}
