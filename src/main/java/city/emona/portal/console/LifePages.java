package city.emona.portal.console;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.Texts;
import city.emona.problem.Problem;
import city.emona.vertical.life.LifeCycle;
import city.emona.vertical.life.Order;
import city.emona.vertical.life.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verticals: how each is, what was done with it, and what can be ordered for it. */
final class LifePages {
    /** How large a file may be that is given in one piece. */
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private final ConsoleDesk desk;
    private final LifeCycle life;
    private final OrderPages orders;
    private final StandingWords words;

    LifePages(ConsoleDesk desk, LifeCycle life, OrderPages orders) {
        this.desk = desk;
        this.life = life;
        this.orders = orders;
        this.words = new StandingWords(desk, life.register());
    }

    Response list(Request request, Language language) {
        List<VerticalRow> rows = life.register().list().stream()
                .map(standing -> words.row(standing, language))
                .toList();
        return desk.page(
                request,
                language,
                ConsoleDesk.VERTICALS,
                Texts.of(language).text("console.verticals"),
                "verticals",
                Map.of("verticals", rows));
    }

    private Standing standing(Request request) {
        return life.register().get(request.parameter("id"));
    }

    Response show(Request request, Language language) {
        Standing standing = standing(request);
        VerticalRow row = words.row(standing, language);
        Map<String, Object> more =
                Map.of("vertical", row, "detail", new DetailWords(desk, life.register(), standing, language).detail());
        String path = ConsoleDesk.verticalPath(standing.id());
        return standing.findUnfinishedRun().isPresent()
                ? desk.page(request, language, path, row.link().text(), "vertical", more)
                : desk.still(200, request, language, path, row.link().text(), "vertical", more);
    }

    /** What needs a hand among the verticals. */
    List<Attention> attention(Language language) {
        Texts texts = Texts.of(language);
        List<Attention> attention = new ArrayList<>();
        for (Standing standing : life.register().list()) {
            VerticalRow row = words.row(standing, language);
            boolean isStopped = standing.state() == Standing.State.STOPPED;
            boolean runStopped = row.run().filter(RunView::isStopped).isPresent();
            if (isStopped || runStopped || !row.broken().isEmpty()) {
                String sentence = isStopped
                        ? texts.text("console.attention.verticalStopped")
                        : runStopped ? row.run().orElseThrow().sentence() : String.join(" ", row.broken());
                attention.add(new Attention("act", texts.text("console.word.act"), sentence, row.link()));
            }
        }
        return attention;
    }

    Response rollback(Request request, Language language) {
        return orders.begin(Order.of(Order.Action.ROLLBACK, standing(request).id()), language);
    }

    Response remove(Request request, Language language) {
        return orders.begin(Order.of(Order.Action.REMOVE, standing(request).id()), language);
    }

    /** Begins an order of the package that is there: other answers, a bundled one taken over, a removed one taken back. */
    Response again(Request request, Language language) {
        Standing standing = standing(request);
        Order.Action action = standing.findInstalled().isPresent() ? Order.Action.UPGRADE : Order.Action.INSTALL;
        return orders.begin(Order.of(action, life.keepPackage(standing.id()), Map.of()), language);
    }

    Response resume(Request request, Language language) {
        String id = standing(request).id();
        life.resume(id);
        return Result.WENT_ON.at(language.href(ConsoleDesk.verticalPath(id)));
    }

    /** The file of an export, in one piece. */
    Response export(Request request, Language language) {
        String name = request.parameter("name");
        Path file = life.register().getExport(request.parameter("id"), name);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw Problem.badRequestData(
                        Texts.of(language).text("console.export.large"),
                        Texts.of(language).text("console.export.copy", name));
            }
            return Response.of(200, "application/x-ndjson", Files.readAllBytes(file))
                    .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
                    .with("Cache-Control", "no-store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link to a page of the console. */
    static Link link(Language language, String path, String text) {
        return new Link(language.href(path), text);
    }
}
