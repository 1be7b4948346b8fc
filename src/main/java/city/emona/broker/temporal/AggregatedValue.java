package city.emona.broker.temporal;

import city.emona.context.AttributeInstance;
import city.emona.query.Moment;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The value of an instance, as aggregation sees it.
 *
 * @param number what it amounts to; 0 where it is no number
 * @param text the text of a text, a date or a time; empty for all else
 * @param node the value itself
 */
record AggregatedValue(ValueKind kind, double number, String text, JsonNode node) {
    static AggregatedValue of(AttributeInstance instance) {
        JsonNode value = instance.value();
        return switch (instance.type()) {
            case PROPERTY, JSON_PROPERTY -> ofProperty(value);
            case LIST_PROPERTY -> new AggregatedValue(ValueKind.ARRAY, value.size(), "", value);
            case RELATIONSHIP, LIST_RELATIONSHIP, GEO_PROPERTY, LANGUAGE_PROPERTY, VOCAB_PROPERTY ->
                new AggregatedValue(ValueKind.COUNTED, 0, "", value);
        };
    }

    private static AggregatedValue ofProperty(JsonNode value) {
        if (value.isNumber()) {
            return new AggregatedValue(ValueKind.NUMBER, value.doubleValue(), "", value);
        }
        if (value.isBoolean()) {
            return new AggregatedValue(ValueKind.NUMBER, value.booleanValue() ? 1 : 0, "", value);
        }
        if (value.isArray()) {
            return new AggregatedValue(ValueKind.ARRAY, value.size(), "", value);
        }
        JsonNode typed = value.get("@value");
        String text = value.isString()
                ? value.stringValue()
                : typed != null && typed.isString() && !isUri(value.get("@type")) ? typed.stringValue() : null;
        return text == null ? new AggregatedValue(ValueKind.COUNTED, 0, "", value) : ofText(text, value);
    }

    private static boolean isUri(@Nullable JsonNode type) {
        return type != null
                && type.isString()
                && (type.stringValue().equals("@id") || type.stringValue().endsWith("URI"));
    }

    private static AggregatedValue ofText(String text, JsonNode value) {
        Moment moment = Moment.parse(text);
        if (moment == null) {
            return new AggregatedValue(ValueKind.TEXT, 0, text, value);
        }
        ValueKind kind =
                switch (moment.kind()) {
                    case TIME -> ValueKind.TIME;
                    case DATE -> ValueKind.DATE;
                    case DATE_TIME -> ValueKind.DATE_TIME;
                };
        return new AggregatedValue(kind, moment.micros(), text, value);
    }

    /** Counts the value; of a relationship to several entities each of them. */
    void countIn(DistinctValues distinct) {
        if (kind == ValueKind.NUMBER && node.isNumber()) {
            distinct.add(number);
        } else if (kind == ValueKind.COUNTED && node.isArray()) {
            node.forEach(distinct::add);
        } else {
            distinct.add(node);
        }
    }

    /** A time of day, in microseconds since midnight, as a text. */
    static String timeOfDay(double micros) {
        LocalTime time = LocalTime.ofNanoOfDay(1_000 * (long) micros);
        return (time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString()) + "Z";
    }
}
