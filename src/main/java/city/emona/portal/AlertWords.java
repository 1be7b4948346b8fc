package city.emona.portal;

import city.emona.time.Timestamps;
import city.emona.vertical.Column;
import city.emona.vertical.Severity;
import city.emona.vertical.Vertical;
import city.emona.vertical.rule.Alert;
import city.emona.vertical.rule.AlertState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Says in sentences what an alert is about. */
final class AlertWords {
    private static final Map<String, String> OPERATORS = Map.of(
            "==", "equal", "!=", "unequal", ">", "more", ">=", "least", "<", "less", "<=", "most", "~=", "like", "!~=",
            "unlike");

    private final Language language;
    private final Texts texts;
    private final Format format;
    private final CityTime time;

    AlertWords(CityTime time) {
        this.time = time;
        this.language = time.language();
        this.texts = Texts.of(language);
        this.format = Format.of(language);
    }

    AlertView.Word severity(Severity severity) {
        return new AlertView.Word(texts.text("alert.severity." + severity.word()), css(severity));
    }

    static String css(Severity severity) {
        return switch (severity) {
            case INFORMATION -> "none";
            case MINOR -> "watch";
            case MAJOR, CRITICAL -> "act";
        };
    }

    AlertView.Word state(AlertState state) {
        String css =
                switch (state) {
                    case RAISED -> "act";
                    case ACKNOWLEDGED -> "watch";
                    case CLEARED -> "good";
                };
        return new AlertView.Word(texts.text("alert.state." + state.term()), css);
    }

    /** When it began, was raised, acknowledged and over. */
    List<String> times(Alert alert) {
        List<String> times = new ArrayList<>();
        if (alert.validFrom() > 0 && alert.validFrom() < alert.issuedAt()) {
            times.add(texts.text("alert.since", moment(alert.validFrom()), moment(alert.issuedAt())));
        } else {
            times.add(texts.text("alert.raisedAt", moment(alert.issuedAt())));
        }
        if (alert.acknowledgedAt() > 0) {
            String key = alert.note().isEmpty() ? "alert.acknowledgedAt" : "alert.acknowledgedNote";
            times.add(texts.text(key, moment(alert.acknowledgedAt()), alert.acknowledgedBy(), alert.note()));
        }
        if (alert.validTo() > 0) {
            times.add(texts.text("alert.clearedAt", moment(alert.validTo()), language.pick(alert.clearedBecause())));
        }
        return times;
    }

    private String moment(long millis) {
        return time.dateTime(Instant.ofEpochMilli(millis));
    }

    /** What was measured, against what. */
    List<String> reasons(Alert alert, Optional<Vertical> vertical) {
        return alert.reasons().stream().map(reason -> reason(reason, vertical)).toList();
    }

    private String reason(JsonNode reason, Optional<Vertical> vertical) {
        String attribute = reason.path("attribute").asString("");
        Optional<Column> column = vertical.flatMap(found -> found.views().stream()
                .flatMap(view -> view.columns().stream())
                .filter(one -> one.attribute().equals(attribute))
                .findFirst());
        String name = column.map(found -> language.pick(found.title())).orElse(UndeclaredView.localName(attribute));
        String measured = name + ": " + value(reason.path("value"), column);
        String said = said(reason);
        return switch (reason.path("kind").asString("")) {
            case "condition" -> {
                String operator = OPERATORS.get(reason.path("operator").asString(""));
                yield operator == null
                        ? measured + said
                        : measured + said + ", "
                                + texts.text("alert.bound." + operator, bound(reason.path("bound"), column));
            }
            case "rise" ->
                measured + said + ", " + texts.text("alert.rise", number(reason, "by", column), span(reason, "within"));
            case "fall" ->
                measured + said + ", " + texts.text("alert.fall", number(reason, "by", column), span(reason, "within"));
            case "absent" -> texts.text("alert.absent", name, span(reason, "after")) + said;
            case "above" -> measured + said + ", " + compared(reason, "alert.above", column);
            case "below" -> measured + said + ", " + compared(reason, "alert.below", column);
            case "inside" -> texts.text("alert.inside");
            case "outside" -> texts.text("alert.outside");
            default -> measured + said;
        };
    }

    private String said(JsonNode reason) {
        OptionalLong at = Timestamps.parse(reason.path("saidAt").asString(""));
        return at.isEmpty() ? "" : " (" + moment(at.getAsLong()) + ")";
    }

    private String compared(JsonNode reason, String key, Optional<Column> column) {
        String aggregate = texts.text("alert.of." + reason.path("aggregate").asString("average"));
        String factor = format.number(reason.path("factor").asDouble(1), 2).replaceFirst("[.,]00$", "");
        return texts.text(key, factor, aggregate, number(reason, "reference", column));
    }

    private String value(JsonNode value, Optional<Column> column) {
        if (value.isNumber()) {
            return quantity(value.doubleValue(), column);
        }
        String text = value.asString(value.path("@value").asString(texts.text("value.unknown")));
        return column.map(found -> found.values().get(text)).map(language::pick).orElse(text);
    }

    private String bound(JsonNode bound, Optional<Column> column) {
        String text = bound.asString("");
        try {
            return quantity(new BigDecimal(text).doubleValue(), column);
        } catch (NumberFormatException _) {
            return "»"
                    + column.map(found -> found.values().get(text))
                            .map(language::pick)
                            .orElse(text) + "«";
        }
    }

    private String number(JsonNode reason, String member, Optional<Column> column) {
        JsonNode number = reason.path(member);
        return number.isNumber() ? quantity(number.doubleValue(), column) : texts.text("value.unknown");
    }

    private String quantity(double number, Optional<Column> column) {
        int decimals = number == Math.rint(number)
                ? 0
                : Math.max(1, column.map(Column::decimals).orElse(2));
        return format.quantity(number, decimals, column.map(Column::unit).orElse(""));
    }

    private String span(JsonNode reason, String member) {
        String text = reason.path(member).asString("PT0S");
        return span(Duration.parse(text.toUpperCase(Locale.ROOT)));
    }

    /** A span of time: 10 min, 4 h, 2 d. */
    private static String span(Duration span) {
        if (span.toHours() >= 48 && span.toHours() % 24 == 0) {
            return span.toDays() + "" + Format.NBSP + "d";
        }
        if (span.toMinutes() >= 60 && span.toMinutes() % 60 == 0) {
            return span.toHours() + "" + Format.NBSP + "h";
        }
        return span.toSeconds() % 60 == 0
                ? span.toMinutes() + "" + Format.NBSP + "min"
                : span.toSeconds() + "" + Format.NBSP + "s";
    }
}
