package city.emona.portal.console;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Language;
import city.emona.portal.SourceBook;
import city.emona.portal.Texts;
import java.util.Map;

/** The sources, each of which can be switched on and off. */
final class SwitchPages {
    private final ConsoleDesk desk;
    private final SourceBook sources;

    SwitchPages(ConsoleDesk desk, SourceBook sources) {
        this.desk = desk;
        this.sources = sources;
    }

    Response list(Request request, Language language) {
        return desk.page(
                request,
                language,
                ConsoleDesk.SOURCES,
                Texts.of(language).text("console.sources"),
                "sources",
                Map.of("sources", desk.portal().sources(language)));
    }

    Response on(Request request, Language language) {
        return turn(request, language, true);
    }

    Response off(Request request, Language language) {
        return turn(request, language, false);
    }

    private Response turn(Request request, Language language, boolean on) {
        sources.setDesired(request.parameter("vertical"), request.parameter("source"), on);
        return (on ? Result.SWITCHED_ON : Result.SWITCHED_OFF).at(language.href(ConsoleDesk.SOURCES));
    }
}
