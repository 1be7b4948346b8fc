package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Outbox;
import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.store.LogEntry;
import city.emona.store.Tenant;
import city.emona.vertical.RuleSpec;
import city.emona.vertical.Verticals;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells those whom rules name that an alert was raised or is over: by e-mail in words, by HTTP and MQTT as JSON. All other dispatches are left
 * to another outbox. Safe for use by many threads.
 */
public final class AlertOutbox implements Outbox {
    /** What the ids begin with under which targets stand among subscriptions. */
    public static final String TARGET = "urn:ngsi-ld:AlertTarget:";

    private static final String RAISED = "raised ";
    private static final String CLEARED = "cleared ";

    private final Outbox other;
    private final Broker broker;
    private final Supplier<Verticals> verticals;
    private final AlertTargets targets;
    private final String city;
    private final TermTable terms;

    /**
     * An outbox before another.
     *
     * @param city the name of the city, for the subject of e-mail
     */
    public AlertOutbox(
            Outbox other,
            Broker broker,
            Supplier<Verticals> verticals,
            AlertTargets targets,
            Contexts contexts,
            String city) {
        this.other = other;
        this.broker = broker;
        this.verticals = verticals;
        this.targets = targets;
        this.city = city;
        this.terms = contexts.compile(AlertTerms.context());
    }

    @Override
    public List<Dispatch> dispatches(LogEntry entry) {
        AlertNotice notice = AlertNotice.read(entry.notice());
        List<Dispatch> dispatches = new ArrayList<>();
        if (notice.other() != null) {
            dispatches.addAll(other.dispatches(new LogEntry(
                    entry.position(),
                    entry.committedAt(),
                    entry.tenant(),
                    entry.ids(),
                    entry.formerTypes(),
                    notice.other())));
        }
        for (AlertNotice.Told told : notice.alerts()) {
            byte[] content = ((told.raised() ? RAISED : CLEARED) + told.alertId()).getBytes(StandardCharsets.UTF_8);
            for (String name : told(told.alertId())) {
                targets.find(name)
                        .ifPresent(address -> dispatches.add(
                                new Dispatch(Tenant.DEFAULT, TARGET + name, address, entry.position(), content)));
            }
        }
        return dispatches;
    }

    /** The names of those who are told of an alert. */
    private List<String> told(String alertId) {
        return broker.find(Tenant.DEFAULT, alertId)
                .map(Alert::of)
                .flatMap(this::rule)
                .map(RuleSpec::tell)
                .orElse(List.of());
    }

    private Optional<RuleSpec> rule(Alert alert) {
        return verticals.get().find(alert.vertical()).stream()
                .flatMap(vertical -> vertical.rules().stream())
                .filter(rule -> rule.id().equals(alert.rule()))
                .findFirst();
    }

    @Override
    public Optional<Message> compose(Dispatch dispatch) {
        if (!isOwn(dispatch)) {
            return other.compose(dispatch);
        }
        String content = new String(dispatch.content(), StandardCharsets.UTF_8);
        boolean raised = content.startsWith(RAISED);
        String id = content.substring((raised ? RAISED : CLEARED).length());
        return broker.find(Tenant.DEFAULT, id).map(entity -> message(URI.create(dispatch.endpoint()), entity, raised));
    }

    private static boolean isOwn(Dispatch dispatch) {
        return dispatch.subscriptionId().startsWith(TARGET);
    }

    private Message message(URI endpoint, Entity entity, boolean raised) {
        return switch (endpoint.getScheme()) {
            case "mailto" -> new AlertLetter(Alert.of(entity), raised, city).message(endpoint);
            case "mqtt", "mqtts" -> json(endpoint, entity, raised, new Message.Mqtt(true, 1));
            default -> json(endpoint, entity, raised, null);
        };
    }

    private Message json(URI endpoint, Entity entity, boolean raised, Message.@Nullable Mqtt mqtt) {
        ObjectNode body = Json.object().put("event", raised ? "raised" : "cleared");
        body.set(
                "alert",
                Json.parse(
                        new EntityWriter(terms, Representation.NORMALIZED.withFormat(Representation.Format.SIMPLIFIED))
                                .write(entity)));
        return new Message(endpoint, "application/json", List.of(), Json.bytes(body), null, null, mqtt);
    }

    @Override
    public void delivered(Dispatch dispatch, long at) {
        if (!isOwn(dispatch)) {
            other.delivered(dispatch, at);
        }
    }

    @Override
    public void failed(Dispatch dispatch, long at, String reason) {
        if (!isOwn(dispatch)) {
            other.failed(dispatch, at, reason);
        }
    }
}
