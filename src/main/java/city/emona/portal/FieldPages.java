package city.emona.portal;

import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.vertical.Vertical;
import city.emona.vertical.View;
import city.emona.vertical.rule.AlertTerms;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verticals in words: all of them on a page, and each as a row for other pages. */
final class FieldPages {
    static final String PATH = "/v";

    private final Desk desk;
    private final AlertPages alerts;

    FieldPages(Desk desk, AlertPages alerts) {
        this.desk = desk;
        this.alerts = alerts;
    }

    Response list(Request request, Language language) {
        List<Vertical> verticals = desk.verticals().get().list();
        Texts texts = Texts.of(language);
        Page page = desk.page(
                language,
                PATH,
                texts.text("fields.title"),
                texts.text("fields.description"),
                Follows.types(Stream.concat(Desk.types(verticals).stream(), Stream.of(AlertTerms.ALERT))
                        .toList()));
        return Templates.page(200, "fields", Map.of("page", page, "fields", rows(language)));
    }

    /** Every vertical that runs. */
    List<FieldRow> rows(Language language) {
        return desk.verticals().get().list().stream()
                .map(vertical -> row(vertical, language))
                .toList();
    }

    private FieldRow row(Vertical vertical, Language language) {
        Format format = Format.of(language);
        List<View> views = vertical.views();
        List<View> filled = views.stream()
                .filter(view -> !desk.entities().ofType(view.type()).isEmpty())
                .toList();
        String counts = (filled.isEmpty() ? views : filled)
                .stream().map(view -> count(view, format, language)).collect(Collectors.joining(", "));
        return new FieldRow(
                new Link(language.href(VerticalPages.path(vertical)), language.pick(vertical.title())),
                language.pick(vertical.summary()),
                counts,
                alerts.ofVertical(vertical, language));
    }

    private String count(View view, Format format, Language language) {
        int count = desk.entities().ofType(view.type()).size();
        return format.number(count) + Format.NBSP + view.noun().form(count, language.tag());
    }
}
