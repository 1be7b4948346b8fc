package city.emona.vertical;

/**
 * Something that is wrong with a vertical's declarations.
 *
 * @param file the path inside the vertical's folder
 * @param line counted from 1; 0 when it is about the whole file
 * @param reason what is wrong, as a sentence
 * @param remedy what the author can do, as a sentence
 */
public record Finding(String file, int line, String reason, String remedy) {
    /** One line for a terminal: {@code vertical.yaml:12: reason remedy}. */
    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return place + ": " + reason + " " + remedy;
    }
}
