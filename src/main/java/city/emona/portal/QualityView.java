package city.emona.portal;

import java.util.List;

/**
 * How good a dataset is, as people read it.
 *
 * @param dataset its title
 * @param field the vertical that brings it
 * @param state the style sheet's class: good, watch or none
 * @param word whether what is promised holds, in words
 * @param since since when, in words; empty before it was measured
 * @param shares each with what is promised
 * @param href its page with the history; empty before it was measured
 */
public record QualityView(
        String dataset, Link field, String state, String word, String since, List<Share> shares, String href) {
    public QualityView {
        shares = List.copyOf(shares);
    }

    /** One share with its words. */
    public record Share(String title, String value) {}
}
