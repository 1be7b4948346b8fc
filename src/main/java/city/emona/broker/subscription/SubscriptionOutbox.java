package city.emona.broker.subscription;

import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.delivery.Dispatch;
import city.emona.broker.delivery.Message;
import city.emona.broker.delivery.Outbox;
import city.emona.broker.subscription.ToldEntities.ToldEntity;
import city.emona.context.EntityChanges;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.query.EntityQuery;
import city.emona.query.Ordering;
import city.emona.store.LogEntry;
import city.emona.store.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the subscriptions have to tell (ETSI GS CIM 009 clause 5.8.6). */
public final class SubscriptionOutbox implements Outbox {
    /** How many entities a notification at intervals holds at most; the first ones by their ids. */
    static final int MAX_ENTITIES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionOutbox.class);

    private final Subscriptions subscriptions;
    private final Broker broker;
    private final ContextLibrary library;
    private final Clock clock;

    public SubscriptionOutbox(Subscriptions subscriptions, Broker broker, ContextLibrary library, Clock clock) {
        this.subscriptions = subscriptions;
        this.broker = broker;
        this.library = library;
        this.clock = clock;
    }

    @Override
    public List<Dispatch> dispatches(LogEntry entry) {
        byte[] bytes = entry.notice();
        if (bytes == null) {
            return List.of();
        }
        Notice notice = Notice.read(bytes);
        List<Dispatch> dispatches = new ArrayList<>();
        notice.bySubscription()
                .forEach((id, places) -> subscriptions.find(entry.tenant(), id).ifPresent(live -> {
                    List<NotedChange> changes =
                            places.stream().map(notice.changes()::get).toList();
                    dispatches.add(dispatch(live, entry.position(), new Told.Changes(entry.committedAt(), changes)));
                }));
        return dispatches;
    }

    /** That a subscription has to be told of something. */
    static Dispatch dispatch(LiveSubscription live, long position, Told told) {
        return new Dispatch(
                live.tenant(),
                live.id(),
                live.subscription().notification().endpoint().uri().toString(),
                position,
                told.bytes());
    }

    @Override
    public Optional<Message> compose(Dispatch dispatch) {
        long now = clock.millis();
        Optional<LiveSubscription> found =
                subscriptions.find(dispatch.tenant(), dispatch.subscriptionId()).filter(live -> live.isActive(now));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LiveSubscription live = found.get();
        try {
            List<ToldEntity> entities = entities(live, Told.read(dispatch.content()));
            boolean wanted = !entities.isEmpty()
                    && live.record()
                            .claim(dispatch.position(), now, live.subscription().throttlingMillis());
            return wanted ? Optional.of(writer(live).write(notificationId(dispatch), now, entities)) : Optional.empty();
        } catch (Problem problem) {
            live.record().broken(now);
            LOG.warn("A notification of {} could not be made: {}", live.id(), problem.getMessage());
            return Optional.empty();
        }
    }

    private List<ToldEntity> entities(LiveSubscription live, Told told) {
        return switch (told) {
            case Told.Everything() -> {
                EntityQuery all = new EntityQuery(live.subscription().filter(), Ordering.BY_ID, MAX_ENTITIES, 0, false);
                yield broker.query(live.tenant(), all).entities().stream()
                        .map(entity -> new ToldEntity(entity, EntityChanges.NONE))
                        .toList();
            }
            case Told.Changes(long at, var changes) -> {
                ToldEntities entities = new ToldEntities(live.subscription(), at);
                yield changes.stream().map(entities::of).toList();
            }
        };
    }

    private NotificationWriter writer(LiveSubscription live) {
        Subscription subscription = live.subscription();
        return new NotificationWriter(
                live.tenant(), subscription, terms(subscription), id -> broker.findStored(live.tenant(), id));
    }

    /** The context of its names; where it cannot be had, names are told in full. */
    private TermTable terms(Subscription subscription) {
        try {
            return library.contexts().compileLink(subscription.context());
        } catch (Problem problem) {
            LOG.warn("Notifications of {} have full names: {}", subscription.id(), problem.getMessage());
            return TermTable.core();
        }
    }

    /** The same for the same commit, so that a receiver can tell what it is sent twice. */
    private static String notificationId(Dispatch dispatch) {
        UUID uuid = dispatch.position() == 0
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes(name(dispatch.tenant(), dispatch).getBytes(StandardCharsets.UTF_8));
        return "urn:ngsi-ld:Notification:" + uuid;
    }

    private static String name(Tenant tenant, Dispatch dispatch) {
        return tenant.key() + '\0' + dispatch.subscriptionId() + '\0' + dispatch.position();
    }

    @Override
    public void delivered(Dispatch dispatch, long at) {
        subscriptions
                .find(dispatch.tenant(), dispatch.subscriptionId())
                .ifPresent(live -> live.record().delivered(at));
    }

    @Override
    public void failed(Dispatch dispatch, long at, String reason) {
        subscriptions
                .find(dispatch.tenant(), dispatch.subscriptionId())
                .ifPresent(live -> live.record().failed(at));
    }
}
