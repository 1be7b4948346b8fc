package city.emona.portal;

/** One choice of a filter: a link that shows it. */
public record Choice(String text, String href, boolean isChosen) {}
