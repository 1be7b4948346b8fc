package city.emona.broker.delivery;

import city.emona.store.CommitWatcher;
import city.emona.store.CommittedChange;
import city.emona.store.LogEntry;
import city.emona.store.Samples;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small outbox: each of its subscriptions is told the numbers of all entities that change. */
final class NumberOutbox implements Outbox, CommitWatcher {
    private final Map<String, String> endpoints = new ConcurrentSkipListMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile @Nullable Duration cooldown;
    private volatile Message.@Nullable Mqtt mqtt;

    NumberOutbox subscribe(String id, String endpoint) {
        endpoints.put(id, endpoint);
        return this;
    }

    void unsubscribe(String id) {
        endpoints.remove(id);
    }

    void cooldown(Duration time) {
        cooldown = time;
    }

    void mqtt(Message.Mqtt how) {
        mqtt = how;
    }

    /** The reasons of the failures that it was told. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public byte @Nullable [] judge(List<CommittedChange> changes) {
        String numbers = changes.stream()
                .map(CommittedChange::after)
                .filter(after -> after != null)
                .map(NumberOutbox::number)
                .collect(Collectors.joining(" "));
        return numbers.isEmpty() ? null : numbers.getBytes(StandardCharsets.UTF_8);
    }

    private static String number(@Nullable StoredEntity entity) {
        return entity == null ? "" : Integer.toString(Samples.number(entity));
    }

    @Override
    public List<Dispatch> dispatches(LogEntry entry) {
        List<Dispatch> dispatches = new ArrayList<>();
        byte[] notice = entry.notice();
        if (notice != null) {
            endpoints.forEach((id, endpoint) ->
                    dispatches.add(new Dispatch(entry.tenant(), id, endpoint, entry.position(), notice)));
        }
        return dispatches;
    }

    /** A dispatch that no commit caused. */
    Dispatch periodic(String subscription, String text) {
        String endpoint = endpoints.getOrDefault(subscription, "");
        return new Dispatch(Tenant.DEFAULT, subscription, endpoint, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Message> compose(Dispatch dispatch) {
        return Optional.ofNullable(endpoints.get(dispatch.subscriptionId()))
                .map(endpoint -> new Message(
                        URI.create(endpoint),
                        "text/plain",
                        List.of(new Message.Header("Subscription", dispatch.subscriptionId())),
                        dispatch.content(),
                        null,
                        cooldown,
                        mqtt));
    }

    @Override
    public void delivered(Dispatch dispatch, long at) {
        // the receivers know what they got
    }

    @Override
    public void failed(Dispatch dispatch, long at, String reason) {
        failures.add(reason);
    }
}
