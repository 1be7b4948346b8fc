package city.emona.portal.console;

/** A number with its words. */
public record Count(String title, String value) {}
