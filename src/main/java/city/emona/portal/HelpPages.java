package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import java.util.Map;

/** What the portal is, how its numbers are read, the API, and the accessibility statement. */
final class HelpPages {
    private final Desk desk;

    HelpPages(Desk desk) {
        this.desk = desk;
    }

    Response help(Request request, Language language) {
        Texts texts = Texts.of(language);
        Page page =
                desk.page(language, "/help", texts.text("help.title"), texts.text("help.description"), Follows.NOTHING);
        return Templates.page(200, "help", Map.of("page", page, "base", VerticalPages.baseAddress(request)));
    }
}
