package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.portal.SourceView.Count;
import city.emona.portal.SourceView.Rejected;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Vertical;
import city.emona.vertical.quality.QualityTerms;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is every source alive, what did it bring, and what was turned away. */
final class SourcePages {
    private static final int SHOWN_REJECTED = 10;
    private static final int SHOWN_LENGTH = 300;

    private final Desk desk;
    private final SourceBook book;
    private final QualityViews qualities;

    SourcePages(Desk desk, SourceBook book, QualityViews qualities) {
        this.desk = desk;
        this.book = book;
        this.qualities = qualities;
    }

    Response status(Request request, Language language) {
        List<SourceHealth> all = book.listHealth();
        Texts texts = Texts.of(language);
        Format format = Format.of(language);
        List<SourceHealth> running = all.stream()
                .filter(health -> health.status() != SourceStatus.STOPPED
                        || health.findTrouble().isPresent())
                .toList();
        long working = running.stream()
                .filter(health -> health.status() == SourceStatus.OK)
                .count();
        String summary = running.isEmpty()
                ? ""
                : working == running.size()
                        ? texts.text("status.allWell", format.number(working))
                        : texts.text("status.someDown", format.number(working), format.number(running.size()));
        Page page = desk.page(
                language,
                "/status",
                texts.text("status.title"),
                texts.text("status.description"),
                Follows.types(List.of(PlatformTerms.DATA_SOURCE, QualityTerms.MEASUREMENT)));
        return Templates.page(
                200,
                "status",
                Map.of(
                        "page",
                        page,
                        "summary",
                        summary,
                        "sources",
                        all(language),
                        "qualities",
                        qualities.list(language)));
    }

    /** How every source is. */
    List<SourceView> all(Language language) {
        return book.listHealth().stream()
                .map(health -> source(health, language))
                .toList();
    }

    List<SourceView> ofVertical(Vertical vertical, Language language) {
        return book.listHealth().stream()
                .filter(health -> health.identity().vertical().equals(vertical.id()))
                .map(health -> source(health, language))
                .toList();
    }

    private SourceView source(SourceHealth health, Language language) {
        Optional<Vertical> vertical =
                desk.verticals().get().find(health.identity().vertical());
        Optional<Instant> lastSuccess =
                health.lastSuccess() > 0 ? Optional.of(Instant.ofEpochMilli(health.lastSuccess())) : Optional.empty();
        String error = health.status() == SourceStatus.OK
                ? ""
                : health.findTrouble()
                        .map(trouble -> language.pick(trouble.reason()))
                        .orElse("");
        return new SourceView(
                health.identity().id(),
                language.pick(health.identity().name()),
                new Link(
                        language.href("/v/" + health.identity().vertical()),
                        vertical.map(v -> language.pick(v.title()))
                                .orElse(health.identity().vertical())),
                health.identity().address(),
                health.identity().demo(),
                state(health),
                Texts.of(language).text("source." + state(health)),
                lastSuccess,
                lastSuccess
                        .map(then -> desk.time(language).age(then, desk.now()))
                        .orElse(""),
                error,
                health.findDetected().map(language::pick).orElse(""),
                book.isDesired(health.identity().id()),
                health.identity().vertical() + "/" + health.identity().source(),
                counts(health, language),
                book.listRejected(health.identity().id()).stream()
                        .limit(SHOWN_REJECTED)
                        .map(rejected -> rejected(rejected, language))
                        .toList());
    }

    private static String state(SourceHealth health) {
        return switch (health.status()) {
            case OK -> "good";
            case LATE -> "watch";
            case FAILING -> "act";
            case STOPPED -> health.findTrouble().isPresent() ? "act" : "none";
        };
    }

    private static List<Count> counts(SourceHealth health, Language language) {
        if (health.lastSuccess() == 0) {
            return List.of();
        }
        Texts texts = Texts.of(language);
        Format format = Format.of(language);
        return List.of(
                new Count(
                        texts.text("source.accepted"),
                        format.number(health.counts().accepted())),
                new Count(
                        texts.text("source.incomplete"),
                        format.number(health.counts().incomplete())),
                new Count(
                        texts.text("source.rejected"),
                        format.number(health.counts().rejected())),
                new Count(
                        texts.text("source.unchanged"),
                        format.number(health.counts().unchanged())));
    }

    private Rejected rejected(RejectedRecord rejected, Language language) {
        String record = rejected.record();
        String shown = record.length() > SHOWN_LENGTH ? record.substring(0, SHOWN_LENGTH) + "…" : record;
        String partly = rejected.partly() ? Texts.of(language).text("status.partly") + " " : "";
        return new Rejected(
                desk.time(language).dateTime(Instant.ofEpochMilli(rejected.atMillis())),
                partly + language.pick(rejected.reason()),
                shown);
    }
}
