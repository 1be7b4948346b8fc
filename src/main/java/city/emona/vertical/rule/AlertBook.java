package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.context.Entity;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.query.TypeSelection;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityWrite;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import city.emona.vertical.EntityDraft;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.PlatformTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the store what becomes of rules: an entity for each alert, and, as documents, since when the tests of a rule that waits have
 * held. Both are committed before they count, so a sudden end loses nothing and raises nothing twice.
 */
final class AlertBook implements RuleEvents {
    /** How long an alert that is over stays among the entities; its history stays. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(AlertBook.class);
    private static final String WAITING = "rule-waiting";
    private static final char SEPARATOR = '\n';
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String URN = "urn:ngsi-ld:";
    private static final LocalizedText NO_LONGER =
            new LocalizedText("Pogoj pravila ne velja več.", "The condition of the rule does not hold any longer.");
    private static final LocalizedText GONE =
            new LocalizedText("Tega, na kar je opozarjalo, ni več.", "What it was about is no more.");
    private static final LocalizedText RULE_GONE = new LocalizedText("Pravila ni več.", "The rule is no more.");

    private final ContextStore store;
    private final Broker broker;
    private final BrokerCity city;
    private final RuleJudge judge;

    AlertBook(ContextStore store, Broker broker, BrokerCity city) {
        this.store = store;
        this.broker = broker;
        this.city = city;
        this.judge = new RuleJudge(city);
    }

    /** Tells a machine what was known before; alerts of rules that are no more are over. */
    void recall(List<Watch> watches, RuleMachine machine) {
        for (String key : store.listDocuments(Tenant.DEFAULT, WAITING)) {
            String entityId = key.substring(key.indexOf(SEPARATOR) + 1);
            Optional<Watch> watch = find(watches, key.substring(0, Math.max(0, key.indexOf(SEPARATOR))));
            Optional<Long> since = store.findDocument(Tenant.DEFAULT, WAITING, key)
                    .map(content -> Long.parseLong(new String(content, StandardCharsets.US_ASCII)));
            if (watch.isPresent() && since.isPresent()) {
                machine.remember(watch.get(), entityId, false, since.get());
            } else {
                document(key, null);
            }
        }
        for (Entity alert : city.ofType(AlertTerms.ALERT)) {
            if (isOpen(alert)) {
                String key = alert.findText(AlertTerms.VERTICAL).orElse("") + ":"
                        + alert.findText(AlertTerms.RULE).orElse("");
                String about = alert.findText(AlertTerms.SOURCE).orElse("");
                find(watches, key)
                        .ifPresentOrElse(
                                watch -> machine.remember(watch, about, true, alert.createdAt()),
                                () -> clear(alert.id(), RULE_GONE, broker.now()));
            }
        }
    }

    private static Optional<Watch> find(List<Watch> watches, String key) {
        return watches.stream().filter(watch -> watch.key().equals(key)).findFirst();
    }

    private static boolean isOpen(Entity alert) {
        return alert.findText(AlertTerms.STATE)
                .filter(state -> !state.equals(AlertState.CLEARED.term()))
                .isPresent();
    }

    private static String waitingKey(Watch watch, String entityId) {
        return watch.key() + SEPARATOR + entityId;
    }

    private static DocumentWrite waiting(String key, byte @Nullable [] content) {
        return new DocumentWrite(WAITING, key, content);
    }

    private void document(String key, byte @Nullable [] content) {
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(waiting(key, content))));
    }

    @Override
    public void began(Watch watch, String entityId, long since) {
        document(waitingKey(watch, entityId), Long.toString(since).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void ceased(Watch watch, String entityId) {
        document(waitingKey(watch, entityId), null);
    }

    @Override
    public void raised(Watch watch, Entity entity, long since, long at) {
        Entity alert = alert(watch, entity, since, at);
        try {
            store.commit(new ChangeSet(
                    Tenant.DEFAULT,
                    List.of(EntityWrite.create(alert)),
                    List.of(waiting(waitingKey(watch, entity.id()), null))));
            LOG.info("Alert {}", alert.id());
        } catch (VersionConflictException e) {
            LOG.warn("The alert {} was raised before", alert.id(), e);
        }
    }

    private Entity alert(Watch watch, Entity entity, long since, long at) {
        String about = entity.id().startsWith(URN)
                ? entity.id().substring(entity.id().indexOf(':', URN.length()) + 1)
                : entity.id();
        String id = URN + "Alert:" + watch.key() + ":" + about + ":" + STAMP.format(Instant.ofEpochMilli(at));
        EntityDraft draft = new EntityDraft(id, AlertTerms.ALERT, at)
                .languages(AlertTerms.NAME, watch.rule().title())
                .languages(AlertTerms.DESCRIPTION, Wording.message(watch, entity))
                .text(AlertTerms.CATEGORY, watch.rule().category())
                .text(AlertTerms.SUB_CATEGORY, watch.rule().subCategory())
                .text(AlertTerms.SEVERITY, watch.rule().severity().term())
                .relationship(AlertTerms.SOURCE, entity.id())
                .text(AlertTerms.STATE, AlertState.RAISED.term())
                .text(AlertTerms.VERTICAL, watch.vertical().id())
                .text(AlertTerms.RULE, watch.rule().id())
                .time(AlertTerms.DATE_ISSUED, at)
                .time(AlertTerms.VALID_FROM, since)
                .json(AlertTerms.DATA, Json.parse(Json.bytes(Evidence.of(watch, entity, judge))));
        entity.findAttribute(AlertTerms.LOCATION).ifPresent(draft::copy);
        entity.findAttribute(PlatformTerms.IS_DEMO).ifPresent(draft::copy);
        return draft.entity();
    }

    @Override
    public void cleared(Watch watch, String entityId, boolean gone, long at) {
        for (Entity alert : city.openAlerts(watch, entityId)) {
            clear(alert.id(), gone ? GONE : NO_LONGER, at);
        }
    }

    private void clear(String alertId, LocalizedText reason, long at) {
        try {
            broker.edit(
                    Tenant.DEFAULT,
                    alertId,
                    TypeSelection.ANY,
                    alert -> isOpen(alert)
                            ? new EntityDraft(alertId, AlertTerms.ALERT, at)
                                    .text(AlertTerms.STATE, AlertState.CLEARED.term())
                                    .time(AlertTerms.VALID_TO, at)
                                    .languages(AlertTerms.CLEARED_BECAUSE, reason)
                                    .over(alert)
                                    .withExpiresAt(at + KEPT.toMillis())
                            : alert);
            LOG.info("Cleared {}", alertId);
        } catch (Problem e) {
            if (e.type() != ProblemType.RESOURCE_NOT_FOUND) {
                throw e;
            }
            LOG.info("The alert {} is over, but somebody had deleted it", alertId);
        }
    }
}
