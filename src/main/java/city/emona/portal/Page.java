package city.emona.portal;

import city.emona.access.Visit;
import city.emona.portal.Site.NavigationItem;
import java.util.List;

/**
 * The frame of one page: everything that the layout needs.
 *
 * @param path the address without the language, beginning with a slash
 * @param title for the window and for search engines; the page's own heading stands in its content
 * @param description one sentence for search engines
 * @param follows the entities whose changes the page shows; see {@link Follows}
 * @param position of the log, from which on the page follows them
 * @param visit who looks at it
 */
public record Page(
        Site site,
        Language language,
        String path,
        String title,
        String description,
        String follows,
        long position,
        Visit visit) {

    /** A text of the catalogue. */
    public String t(String key, Object... values) {
        return Texts.of(language).text(key, values);
    }

    /** The address of a path in the page's language. */
    public String href(String path) {
        return language.href(path);
    }

    /** How moments are told here. */
    public CityTime time() {
        return new CityTime(language, site.zone());
    }

    /** How numbers are written here. */
    public Format format() {
        return Format.of(language);
    }

    /** What every form of the page sends, so that no page of another site can send it. */
    public String token() {
        return visit.token();
    }

    public String city() {
        return language.pick(site.city());
    }

    public List<NavigationItem> navigation() {
        return site.navigation().get();
    }

    /** Whether the page belongs to a word of the navigation. */
    public boolean isIn(NavigationItem item) {
        return path.equals(item.path()) || path.startsWith(item.path() + "/");
    }

    /** Whether the page is exactly what the word leads to. */
    public boolean isAt(NavigationItem item) {
        return path.equals(item.path());
    }

    /** The same page, which stays as it is while somebody fills in a form on it. */
    public Page still() {
        return new Page(site, language, path, title, description, Follows.NOTHING, position, visit);
    }
}
