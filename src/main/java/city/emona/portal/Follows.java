package city.emona.portal;

import java.util.List;

/** What a page follows, as the query of the stream of events that tells it to look again. */
final class Follows {
    /** For pages that show nothing that changes. */
    static final String NOTHING = "";

    /** The page only needs to know that something has changed, and once a second is enough. */
    private static final String FORM = "&pick=id&throttling=1";

    /** Whatever changes in the city itself. */
    static final String EVERYTHING = "local=true" + FORM;

    private Follows() {}

    /** All entities of some types, which are expanded. */
    static String types(List<String> types) {
        return types.isEmpty() ? NOTHING : "type=" + EntityAddress.encoded(String.join(",", types)) + FORM;
    }

    /** One entity. */
    static String entity(String id) {
        return "local=true&id=" + EntityAddress.encoded(id) + FORM;
    }
}
