package city.emona.broker.subscription;

import city.emona.broker.LinkedEntityRetrieval;
import city.emona.broker.ReceiverInfo;
import city.emona.broker.delivery.Message;
import city.emona.broker.subscription.NotificationParams.Join;
import city.emona.context.LanguageFilter;
import city.emona.context.Projection;
import city.emona.context.Representation;
import city.emona.context.Representation.Format;
import city.emona.context.SpecificationVersion;
import city.emona.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what notifications hold and where they go (ETSI GS CIM 009 clauses 5.2.14, 5.2.15 and 7.2). */
final class NotificationReader {
    private static final String NONE = "@none";

    private NotificationReader() {}

    /** @param subscription the members of the whole subscription, with expanded names */
    static NotificationParams read(Members subscription) {
        Members members = subscription
                .object("notification")
                .orElseThrow(() -> Problem.badRequestData(
                        "The subscription has no notification.", "Say where notifications go, and what they hold."));
        Format format = members.text("format").map(NotificationReader::format).orElse(Format.NORMALIZED);
        boolean showChanges = members.flag("showChanges").orElse(false);
        if (showChanges && format == Format.SIMPLIFIED) {
            throw Problem.badRequestData(
                    "showChanges cannot be told in the simplified format.", "Use the format normalized or concise.");
        }
        Projection projection = projection(members);
        Representation representation = new Representation(
                format,
                members.flag("sysAttrs").orElse(false),
                projection,
                SubscriptionReader.datasets(subscription),
                subscription.text("lang").map(LanguageFilter::parse).orElse(null),
                subscription
                        .text("ngsildConformance")
                        .map(NotificationReader::version)
                        .orElse(SpecificationVersion.CURRENT));
        Join join = members.text("join").map(NotificationReader::join).orElse(Join.NONE);
        int level = level(members);
        if (projection.depth() > (join == Join.NONE ? 0 : level)) {
            throw Problem.badRequestData(
                    "pick or omit names members of linked entities that are not part of the notifications.",
                    "Add join, or a higher joinLevel.");
        }
        Members endpoint = members.object("endpoint")
                .orElseThrow(() ->
                        Problem.badRequestData("The notification has no endpoint.", "Add an endpoint with its uri."));
        return new NotificationParams(endpoint(endpoint), representation, join, level, showChanges);
    }

    private static Format format(String text) {
        return switch (text) {
            case "normalized" -> Format.NORMALIZED;
            case "concise" -> Format.CONCISE;
            case "simplified", "keyValues" -> Format.SIMPLIFIED;
            default ->
                throw Problem.badRequestData(
                        "»" + text + "« is no format of notifications.",
                        "Use normalized, concise, simplified or keyValues.");
        };
    }

    private static SpecificationVersion version(String text) {
        return SpecificationVersion.findNearest(text)
                .orElseThrow(() -> Problem.badRequestData(
                        "»" + text + "« is no version of the specification.", "Write it as 1.5."));
    }

    private static Projection projection(Members members) {
        List<String> attributes = members.texts("attributes");
        List<String> pick = members.texts("pick");
        List<String> omit = members.texts("omit");
        if (attributes.isEmpty()) {
            return Projection.parse(joined(pick), joined(omit), name -> name);
        }
        if (!pick.isEmpty() || !omit.isEmpty()) {
            throw Problem.badRequestData("attributes was sent together with pick or omit.", "Use pick and omit alone.");
        }
        return Projection.ofAttributes(attributes);
    }

    private static @Nullable String joined(List<String> members) {
        return members.isEmpty() ? null : String.join(",", members);
    }

    private static Join join(String text) {
        return switch (text) {
            case "flat" -> Join.FLAT;
            case "inline" -> Join.INLINE;
            case NONE -> Join.NONE;
            default -> throw Problem.badRequestData("»" + text + "« is no join.", "Use flat, inline or @none.");
        };
    }

    private static int level(Members members) {
        Optional<JsonNode> level = members.find("joinLevel");
        if (level.isEmpty()) {
            return 1;
        }
        if (!level.get().isInt()
                || level.get().intValue() < 1
                || level.get().intValue() > LinkedEntityRetrieval.MAX_LEVEL) {
            throw members.invalid("joinLevel", "a whole number from 1 to " + LinkedEntityRetrieval.MAX_LEVEL);
        }
        return level.get().intValue();
    }

    private static Endpoint endpoint(Members members) {
        URI uri = members.text("uri")
                .map(NotificationReader::address)
                .orElseThrow(() -> Problem.badRequestData("The endpoint has no uri.", "Add its address."));
        List<ReceiverInfo> notifier = infos(members, "notifierInfo");
        boolean mqtt = scheme(uri).startsWith("mqtt");
        return new Endpoint(
                uri,
                members.text("accept").map(NotificationReader::accept).orElse(Endpoint.Accept.JSON),
                infos(members, "receiverInfo"),
                mqtt ? mqtt(notifier) : null,
                members.positive("timeout", 1).map(Duration::ofMillis).orElse(null),
                members.positive("cooldown", 1).map(Duration::ofMillis).orElse(null));
    }

    private static List<ReceiverInfo> infos(Members members, String name) {
        boolean empty = members.find(name)
                .filter(array -> array.isArray() && array.isEmpty())
                .isPresent();
        return empty
                ? List.of()
                : members.array(name).stream().map(ReceiverInfo::read).toList();
    }

    private static String scheme(URI uri) {
        String scheme = uri.getScheme();
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            boolean topic = uri.getPath() != null && uri.getPath().length() > 1;
            boolean known =
                    switch (scheme(uri)) {
                        case "http", "https" -> true;
                        case "mqtt", "mqtts" -> topic;
                        default -> false;
                    };
            if (known && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, with the same words as an address of another kind
        }
        throw Problem.badRequestData(
                "The endpoint »" + text + "« is no address that could be told.",
                "Use an http or https address, or mqtt://host/topic or mqtts://host/topic.");
    }

    private static Endpoint.Accept accept(String text) {
        for (Endpoint.Accept accept : Endpoint.Accept.values()) {
            if (accept.mediaType().equals(text)) {
                return accept;
            }
        }
        throw Problem.badRequestData(
                "The endpoint cannot be sent »" + text + "«.",
                "Use application/json, application/ld+json or application/geo+json.");
    }

    private static Message.Mqtt mqtt(List<ReceiverInfo> notifier) {
        boolean version5 = true;
        int qos = 0;
        for (ReceiverInfo info : notifier) {
            switch (info.key()) {
                case "MQTT-Version" ->
                    version5 = switch (info.value()) {
                        case "mqtt5.0" -> true;
                        case "mqtt3.1.1" -> false;
                        default ->
                            throw Problem.badRequestData(
                                    "»" + info.value() + "« is no MQTT-Version.", "Use mqtt3.1.1 or mqtt5.0.");
                    };
                case "MQTT-QoS" ->
                    qos = switch (info.value()) {
                        case "0" -> 0;
                        case "1" -> 1;
                        case "2" -> 2;
                        default ->
                            throw Problem.badRequestData("»" + info.value() + "« is no MQTT-QoS.", "Use 0, 1 or 2.");
                    };
                default -> {}
            }
        }
        return new Message.Mqtt(version5, qos);
    }
}
