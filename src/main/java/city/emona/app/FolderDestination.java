package city.emona.app;

import city.emona.broker.Broker;
import city.emona.broker.UpsertCounts;
import city.emona.context.Contexts;
import city.emona.context.EntityReader;
import city.emona.context.TermTable;
import city.emona.store.ContextStore;
import city.emona.store.Tenant;
import city.emona.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A data folder, opened by the command itself. */
final class FolderDestination implements EntityDestination {
    private final ContextStore store;
    private final Broker broker;
    private final Contexts contexts = new Contexts(new RemoteContexts());

    private FolderDestination(ContextStore store, Clock clock) {
        this.store = store;
        this.broker = new Broker(store, clock);
    }

    /**
     * Opens a data folder, or makes a new one.
     *
     * @throws city.emona.store.local.StoreOpenException when it cannot be opened
     */
    static FolderDestination open(Path folder, long reserveBytes) {
        Clock clock = Clock.systemUTC();
        return new FolderDestination(LocalStore.open(folder, reserveBytes, clock), clock);
    }

    @Override
    public UpsertCounts put(List<ObjectNode> entities, JsonNode context) {
        TermTable terms = contexts.compile(context);
        return broker.upsertAll(
                Tenant.DEFAULT,
                entities.stream()
                        .map(entity -> EntityReader.read(entity, terms, broker.now()))
                        .toList());
    }

    @Override
    public String pageAddress(String path) {
        return path + " (once ./emona start runs)";
    }

    @Override
    public void close() {
        store.close();
    }
}
