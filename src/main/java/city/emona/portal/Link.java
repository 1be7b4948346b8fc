package city.emona.portal;

/** A name that leads somewhere. */
public record Link(String href, String text) {}
