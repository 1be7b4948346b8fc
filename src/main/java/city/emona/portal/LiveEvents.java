package city.emona.portal;

import city.emona.http.EventSource;
import city.emona.json.Json;
import city.emona.store.CommittedChange;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;

/**
 * Tells browsers which entities changed: an event {@code entity} with a list of {@code {"id", "type"}}, at most once a second. Changes of
 * one entity within that second are told once. Safe for use by many threads.
 */
public final class LiveEvents implements EventSource, AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final int MOST_TOLD = 1_000;

    private final Set<Sink> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, StoredEntity> changed = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-events").daemon().factory());
    private boolean isDue;

    @Override
    public Runnable open(Sink client) {
        clients.add(client);
        return () -> clients.remove(client);
    }

    /** Takes committed changes; the default tenant's are told. */
    public void accept(List<CommittedChange> changes) {
        List<CommittedChange> own = new ArrayList<>(changes);
        own.removeIf(change -> !change.tenant().equals(Tenant.DEFAULT));
        if (own.isEmpty() || clients.isEmpty()) {
            return;
        }
        synchronized (changed) {
            for (CommittedChange change : own) {
                StoredEntity state = change.after() != null ? change.after() : change.before();
                if (state != null) {
                    changed.put(state.id(), state);
                }
            }
            if (!isDue) {
                isDue = true;
                var _ = clock.schedule(this::tell, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void tell() {
        List<StoredEntity> states;
        synchronized (changed) {
            states = List.copyOf(changed.values());
            changed.clear();
            isDue = false;
        }
        ArrayNode list = Json.array();
        for (StoredEntity state : states.subList(0, Math.min(states.size(), MOST_TOLD))) {
            list.add(Json.object()
                    .put("id", state.id())
                    .put("type", state.packed().types().getFirst()));
        }
        String data = Json.text(list);
        clients.forEach(client -> client.send("entity", data));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
