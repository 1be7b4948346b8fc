package city.emona.portal;

import city.emona.access.Target;
import city.emona.access.Visit;
import city.emona.context.Entity;
import city.emona.http.Request;
import city.emona.http.Response;
import city.emona.http.operation.Right;
import city.emona.problem.Problem;
import city.emona.vertical.IndicatorSpec;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.Vertical;
import city.emona.vertical.indicator.IndicatorBook;
import city.emona.vertical.indicator.IndicatorStatus;
import city.emona.vertical.indicator.IndicatorTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The indicators of a vertical for its page, and the form by which somebody enters a reading. */
final class IndicatorViews {
    /** Where the form goes; it is for browsers alone. */
    static final String FORM = "/forms/indicators/";

    private final Desk desk;
    private final IndicatorBook book;

    IndicatorViews(Desk desk, IndicatorBook book) {
        this.desk = desk;
        this.book = book;
    }

    List<IndicatorView> of(Vertical vertical, Language language) {
        return vertical.indicators().stream()
                .map(spec -> view(vertical, spec, language))
                .toList();
    }

    private IndicatorView view(Vertical vertical, IndicatorSpec spec, Language language) {
        Optional<Entity> entity = book.find(vertical, spec);
        OptionalDouble value = entity.map(IndicatorBook::value).orElse(OptionalDouble.empty());
        String id = IndicatorTerms.id(vertical.id(), spec.id());
        IndicatorStatus status = entity.flatMap(found -> found.findText(IndicatorTerms.STATUS))
                .flatMap(IndicatorStatus::find)
                .orElse(IndicatorStatus.UNKNOWN);
        boolean judged = status != IndicatorStatus.UNKNOWN;
        return new IndicatorView(
                id,
                language.pick(spec.title()),
                value.isEmpty() ? "–" : Format.of(language).quantity(value.getAsDouble(), spec.decimals(), spec.unit()),
                judged ? state(status) : "",
                judged ? Texts.of(language).text("indicator.status." + status.term()) : "",
                judged || value.isEmpty() ? reason(entity, language) : "",
                language.pick(spec.description()),
                age(entity, language),
                entity.isPresent() ? EntityAddress.href(language, id) : "",
                spec.computation() instanceof Computation.Manual
                                && Visit.current().may(Right.INDICATORS_ENTER, Target.ofDomain(vertical.domain()))
                        ? FORM + EntityAddress.encoded(id)
                        : "");
    }

    private static String state(IndicatorStatus status) {
        return switch (status) {
            case ON_TRACK -> "good";
            case AT_RISK -> "watch";
            case LATE -> "act";
            case UNKNOWN -> "none";
        };
    }

    private static String reason(Optional<Entity> entity, Language language) {
        return entity.flatMap(found -> found.findValue(IndicatorTerms.REASON))
                .map(reason -> reason.path(language.tag()).asString(""))
                .orElse(Texts.of(language).text("indicator.none"));
    }

    private String age(Optional<Entity> entity, Language language) {
        OptionalLong at = entity.map(IndicatorBook::observedAt).orElse(OptionalLong.empty());
        String who =
                entity.flatMap(found -> found.findText(IndicatorTerms.READ_BY)).orElse("");
        if (at.isEmpty()) {
            return "";
        }
        String age = desk.time(language).age(Instant.ofEpochMilli(at.getAsLong()), desk.now());
        return who.isEmpty()
                ? Texts.of(language).text("indicator.computed", age)
                : Texts.of(language).text("indicator.read", age, who);
    }

    /** Takes what the form sends. */
    Response enter(Request request) {
        FormPost form = FormPost.read(request);
        String id = request.parameter("id");
        book.read(id, number(form), desk.now().toEpochMilli(), form.who(), form.text("note"));
        String vertical = desk.verticals().get().list().stream()
                .filter(one -> id.startsWith(IndicatorTerms.id(one.id(), "")))
                .map(VerticalPages::path)
                .findFirst()
                .orElse("/");
        return Response.seeOther(form.language().href(vertical) + "#" + id);
    }

    /** A number as people write it: with a decimal comma or a point, and blanks or points between thousands. */
    private static double number(FormPost form) {
        String text = form.text("value").replaceAll("[\\s\u00a0\u202f]", "");
        boolean pointsBetweenThousands = text.contains(",") || text.indexOf('.') != text.lastIndexOf('.');
        try {
            return Double.parseDouble((pointsBetweenThousands ? text.replace(".", "") : text).replace(',', '.'));
        } catch (NumberFormatException e) {
            throw Problem.badRequestData("»" + form.text("value") + "« is no number.", "Write it like 12,5 or 12.5.");
        }
    }
}
