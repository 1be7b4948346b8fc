package city.emona.portal.console;

import city.emona.portal.Format;
import city.emona.portal.Language;
import city.emona.portal.Link;
import city.emona.portal.SourceView;
import city.emona.portal.Texts;
import city.emona.vertical.SemanticVersion;
import city.emona.vertical.Vertical;
import city.emona.vertical.life.DoneOrder;
import city.emona.vertical.life.Ledger;
import city.emona.vertical.life.Register;
import city.emona.vertical.life.Run;
import city.emona.vertical.life.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in the language of the page how a vertical is. */
final class StandingWords {
    private final ConsoleDesk desk;
    private final Register register;

    StandingWords(ConsoleDesk desk, Register register) {
        this.desk = desk;
        this.register = register;
    }

    VerticalRow row(Standing standing, Language language) {
        Format format = Format.of(language);
        Optional<Vertical> declared = register.findDeclared(standing);
        String title = declared.map(vertical -> language.pick(vertical.title())).orElse(standing.id());
        int edits =
                standing.findInstalled().map(ledger -> ledger.edits().size()).orElse(0);
        return new VerticalRow(
                name(standing.state()),
                new Link(language.href(ConsoleDesk.verticalPath(standing.id())), title),
                standing.findVertical()
                        .map(_ -> new Link(
                                language.href("/v/" + standing.id()),
                                Texts.of(language).text("console.vertical.page"))),
                version(standing),
                state(standing.state()),
                Texts.of(language).text("console.vertical." + name(standing.state())),
                since(standing, language),
                declared.map(vertical -> format.number(register.countEntities(vertical)))
                        .orElse("–"),
                sources(standing, language),
                edits == 0 ? "" : format.count(edits, "console.vertical.edits"),
                standing.findLedger().flatMap(Ledger::findRun).map(run -> run(standing, run, language)),
                standing.broken().stream().map(language::pick).toList(),
                FindingWords.views(standing.findings(), language));
    }

    private static String version(Standing standing) {
        return standing.findVertical()
                .map(Vertical::version)
                .or(() -> standing.findLedger().map(Ledger::version))
                .map(SemanticVersion::toString)
                .orElse("–");
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String state(Standing.State state) {
        return switch (state) {
            case INSTALLED, BUNDLED -> "good";
            case STOPPED -> "act";
            case REMOVED -> "none";
        };
    }

    /** Since when it is as it is; what is bundled came with the program. */
    private String since(Standing standing, Language language) {
        Optional<Ledger> ledger = standing.findLedger();
        if (ledger.isEmpty()) {
            return Texts.of(language).text("console.vertical.sinceStart");
        }
        long at = standing.findInstalled().isPresent()
                ? ledger.get().installedAt()
                : register.listOrders(standing.id()).stream()
                        .filter(done -> done.deed() == DoneOrder.Deed.REMOVE)
                        .findFirst()
                        .map(DoneOrder::atMillis)
                        .orElse(ledger.get().installedAt());
        return desk.time(language).dateTime(Instant.ofEpochMilli(at));
    }

    private List<SourceView> sources(Standing standing, Language language) {
        return desk.portal().sources(language).stream()
                .filter(source -> source.key().startsWith(standing.id() + "/"))
                .toList();
    }

    private RunView run(Standing standing, Run run, Language language) {
        Texts texts = Texts.of(language);
        Format format = Format.of(language);
        long extent = register.findExtent(standing).orElse(0);
        boolean isStopped = !run.isFinished() && !standing.isUnderWay();
        StringBuilder sentence =
                new StringBuilder(texts.text("console.run." + name(run.kind()), format.number(run.done())));
        if (!run.isFinished() && extent > 0) {
            sentence.append(' ').append(texts.text("console.run.extent", format.number(Math.max(extent, run.done()))));
        }
        if (run.failed() > 0) {
            sentence.append(' ').append(format.count(run.failed(), "console.run.failed"));
        }
        String word = run.isFinished() ? "finished" : isStopped ? "stopped" : "underWay";
        String state = run.isFinished() ? run.failed() > 0 ? "watch" : "good" : isStopped ? "act" : "watch";
        return new RunView(
                state,
                texts.text("console.run." + word),
                sentence.toString(),
                run.done(),
                Math.max(extent, run.done()),
                run.isFinished(),
                isStopped,
                run.failures());
    }
}
