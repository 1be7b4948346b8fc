package city.emona.broker.subscription;

import city.emona.context.Names;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.query.Condition;
import city.emona.query.ConditionParser;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.GeoQuery;
import city.emona.query.QueryNames;
import city.emona.query.ScopeQuery;
import city.emona.query.TextPattern;
import city.emona.query.TypeSelection;
import city.emona.time.Timestamps;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads subscriptions and checks them (ETSI GS CIM 009 clauses 5.2.12 to 5.2.15 and 5.8.1.4). */
final class SubscriptionReader {
    private static final int MILLIS = 1_000;
    private static final int MAX_ELEMENTS = 1_000;

    private static final List<String> MEMBERS = List.of(
            "id",
            "type",
            "subscriptionName",
            "description",
            "entities",
            "watchedAttributes",
            "notificationTrigger",
            "timeInterval",
            "q",
            "geoQ",
            "csf",
            "scopeQ",
            "datasetId",
            "expandValues",
            "jsonKeys",
            "lang",
            "isActive",
            "expiresAt",
            "throttling",
            "localOnly",
            "splitEntities",
            "ngsildConformance",
            "jsonldContext",
            "notification");

    /** What only the server says of notifications; a client's words are passed over (clause 5.2.14.2). */
    private static final List<String> READ_ONLY =
            List.of("status", "timesSent", "timesFailed", "lastNotification", "lastSuccess", "lastFailure");

    private static final Set<String> SELECTOR_MEMBERS = Set.of("id", "type", "idPattern");

    private SubscriptionReader() {}

    /**
     * The members of a body with expanded names. Members that a subscription does not have, and those that only the server sets, are left
     * out.
     */
    static ObjectNode document(ObjectNode body, TermTable terms) {
        ObjectNode document = body.deepCopy();
        document.retain(MEMBERS);
        if (document.get("notification") instanceof ObjectNode notification) {
            notification.remove(READ_ONLY);
        }
        return SubscriptionNames.replace(document, name -> terms.expand(Names.requireName(name, "The name")));
    }

    /**
     * What {@code q} asks, by the names of a context; null where there is none.
     *
     * @param document with expanded names, but for {@code q}
     */
    static @Nullable Condition condition(ObjectNode document, TermTable terms) {
        Members members = new Members(document, "");
        members.text("csf").ifPresent(csf -> ConditionParser.parse(csf, QueryNames.of(terms)));
        Optional<String> q = members.text("q");
        Set<String> expanded = attributes(members, "expandValues");
        return q.isEmpty() ? null : ConditionParser.parse(q.get(), QueryNames.of(terms, expanded));
    }

    /**
     * The subscription of a document.
     *
     * @param id the id where the document has none
     * @param document with expanded names
     * @param context the address of the context where the document names none
     * @throws Problem of type BadRequestData
     */
    static Subscription read(String id, ObjectNode document, @Nullable Condition condition, String context) {
        Members members = new Members(document, "");
        if (!members.text("type").filter("Subscription"::equals).isPresent()) {
            throw Problem.badRequestData(
                    "The type of the body is not Subscription.", "Send \"type\": \"Subscription\".");
        }
        members.text("subscriptionName");
        members.text("description");
        attributes(members, "jsonKeys");
        Set<String> watched = new LinkedHashSet<>();
        members.texts("watchedAttributes").forEach(name -> watched.add(attribute(name)));
        Subscription subscription = new Subscription(
                members.text("id")
                        .map(text -> Names.requireUri(text, "The id of the subscription"))
                        .orElse(id),
                document,
                filter(members, condition),
                watched,
                triggers(members),
                members.flag("isActive").orElse(true),
                members.text("expiresAt").map(SubscriptionReader::time).orElse(0L),
                members.positive("throttling", MILLIS).orElse(0L),
                members.positive("timeInterval", MILLIS).orElse(0L),
                members.text("jsonldContext").orElse(context),
                NotificationReader.read(members));
        requireConsistent(members, subscription);
        return subscription;
    }

    private static void requireConsistent(Members members, Subscription subscription) {
        boolean local = members.flag("localOnly").orElse(false);
        members.flag("splitEntities");
        boolean entities = members.find("entities").isPresent();
        if (!local && !entities && subscription.watched().isEmpty()) {
            throw Problem.badRequestData(
                    "The subscription names neither entities nor watchedAttributes.", "Add one of them, or localOnly.");
        }
        if (subscription.isPeriodic()) {
            if (!subscription.watched().isEmpty() || subscription.throttlingMillis() != 0) {
                throw Problem.badRequestData(
                        "A subscription with timeInterval has neither watchedAttributes nor throttling.",
                        "Leave them out, or leave timeInterval out.");
            }
            if (!local && !entities) {
                throw Problem.badRequestData("A subscription with timeInterval needs entities.", "Add them.");
            }
        }
    }

    private static EntityFilter filter(Members members, @Nullable Condition condition) {
        List<EntitySelector> selectors = members.array("entities").stream()
                .map(item -> selector(item, members))
                .toList();
        if (selectors.size() > MAX_ELEMENTS) {
            throw members.invalid("entities", "an array of at most " + MAX_ELEMENTS + " elements");
        }
        return new EntityFilter(
                selectors.isEmpty() ? List.of(EntitySelector.ANY) : selectors,
                Set.of(),
                condition,
                members.text("scopeQ").map(ScopeQuery::parse).orElse(null),
                members.object("geoQ").map(SubscriptionReader::geo).orElse(null),
                datasets(members));
    }

    private static EntitySelector selector(JsonNode item, Members members) {
        if (!(item instanceof ObjectNode object)) {
            throw members.invalid("entities", "an array of objects");
        }
        Members selector = new Members(object, "entities.");
        for (String name : object.propertyNames()) {
            if (!SELECTOR_MEMBERS.contains(name)) {
                throw Problem.badRequestData(
                        "An element of entities has an unknown member »" + name + "«.", "Leave it out.");
            }
        }
        String type = selector.text("type")
                .orElseThrow(() ->
                        Problem.badRequestData("An element of entities has no type.", "Name a type, or * for all."));
        return new EntitySelector(
                TypeSelection.parse(type, name -> name),
                ids(selector),
                selector.text("idPattern")
                        .map(text -> TextPattern.parse(text, "The idPattern"))
                        .orElse(null));
    }

    private static Set<String> ids(Members selector) {
        boolean many = selector.find("id").filter(JsonNode::isArray).isPresent();
        Stream<String> ids = many ? selector.texts("id").stream() : selector.text("id").stream();
        Set<String> checked = new HashSet<>();
        ids.forEach(id -> checked.add(Names.requireUri(id, "The id")));
        return checked;
    }

    private static GeoQuery geo(Members geo) {
        Optional<JsonNode> coordinates = geo.find("coordinates");
        if (coordinates.isEmpty()
                || geo.text("georel").isEmpty()
                || geo.text("geometry").isEmpty()) {
            throw Problem.badRequestData(
                    "Of georel, geometry and coordinates, some are missing in geoQ.", "Send all three.");
        }
        return GeoQuery.parse(
                geo.text("georel").orElseThrow(),
                geo.text("geometry").orElseThrow(),
                coordinates.get(),
                geo.text("geoproperty")
                        .map(SubscriptionReader::attribute)
                        .orElse(TermTable.core().expand(GeoQuery.DEFAULT_PROPERTY)));
    }

    /** The datasets of the member datasetId, an empty string being the default instance; null for all. */
    static @Nullable Set<String> datasets(Members members) {
        List<String> ids = members.texts("datasetId");
        if (ids.isEmpty()) {
            return null;
        }
        Set<String> datasets = new HashSet<>();
        for (String id : ids) {
            datasets.add(id.equals("@none") ? "" : Names.requireUri(id, "The datasetId"));
        }
        return datasets;
    }

    private static Set<Trigger> triggers(Members members) {
        List<String> names = members.texts("notificationTrigger");
        if (names.isEmpty()) {
            return Trigger.DEFAULT;
        }
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        for (String name : names) {
            triggers.addAll(Trigger.find(name)
                    .orElseThrow(() -> Problem.badRequestData(
                            "»" + name + "« is no notificationTrigger.",
                            "Use entityCreated, entityUpdated, entityDeleted, attributeCreated, attributeUpdated or"
                                    + " attributeDeleted.")));
        }
        return triggers;
    }

    private static Set<String> attributes(Members members, String list) {
        Set<String> names = new HashSet<>();
        members.text(list)
                .ifPresent(text -> Arrays.stream(text.split(",", -1)).forEach(name -> names.add(attribute(name))));
        return names;
    }

    private static String attribute(String name) {
        return Names.requireName(name, "The attribute");
    }

    private static long time(String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> Problem.badRequestData(
                        "expiresAt is not a date-time.", "Use ISO 8601 in UTC, such as 2030-01-01T00:00:00Z."));
    }
}
