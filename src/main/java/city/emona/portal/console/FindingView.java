package city.emona.portal.console;

/**
 * Something that is not right with a package, as a page shows it.
 *
 * @param place the file, and the line where there is one
 */
public record FindingView(String place, String reason, String remedy) {}
