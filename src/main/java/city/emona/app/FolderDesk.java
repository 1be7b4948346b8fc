package city.emona.app;

import city.emona.api.operations.VerticalOperations;
import city.emona.broker.Broker;
import city.emona.broker.ContextLibrary;
import city.emona.broker.subscription.Subscriptions;
import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.http.QueryParameters;
import city.emona.http.Request;
import city.emona.http.operation.Operation;
import city.emona.json.Json;
import city.emona.store.ContextStore;
import city.emona.store.local.LocalStore;
import city.emona.vertical.life.LifeCycle;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A data folder that no server has open; it answers what the server's operations would. */
final class FolderDesk implements LifeDesk {
    private final ContextStore store;
    private final LifeCycle life;
    private final List<Operation> operations;

    private FolderDesk(ContextStore store, LifeCycle life) {
        this.store = store;
        this.life = life;
        this.operations = new VerticalOperations(life).operations();
    }

    /** @throws city.emona.store.local.StoreOpenException when the folder cannot be opened */
    static FolderDesk open(Configuration configuration, Path bundledFolder) {
        Clock clock = Clock.systemUTC();
        ContextStore store = LocalStore.open(
                Path.of(configuration.get(Settings.DATA)),
                configuration.get(Settings.RESERVE_MEGABYTES) * 1024L * 1024,
                clock);
        Broker broker = new Broker(store, clock);
        ContextLibrary library = new ContextLibrary(store, new RemoteContexts(), clock);
        Subscriptions subscriptions = new Subscriptions(broker, store, library, clock);
        Contexts contexts = library.contexts();
        LifeCycle life = new LifeCycle(VerticalEstate.of(
                configuration,
                false,
                store,
                contexts,
                bundledFolder,
                VerticalEstate.followers(subscriptions, broker),
                clock));
        life.resume();
        return new FolderDesk(store, life);
    }

    private JsonNode ask(String operation, String mediaType, byte[] body) {
        Operation asked = operations.stream()
                .filter(o -> o.id().equals(operation))
                .findFirst()
                .orElseThrow();
        Request request = new Request(
                asked.method(),
                asked.path(),
                Map.of(),
                QueryParameters.EMPTY,
                name -> name.equalsIgnoreCase("Content-Type") ? List.of(mediaType) : List.of(),
                body);
        return Json.parse(asked.handler().handle(request).body());
    }

    @Override
    public JsonNode list() {
        return ask("listVerticals", "", new byte[0]);
    }

    @Override
    public JsonNode upload(byte[] zip) {
        return ask("uploadVerticalPackage", "application/zip", zip);
    }

    @Override
    public JsonNode plan(ObjectNode order) {
        return ask("planVerticalChange", "application/json", Json.bytes(order));
    }

    @Override
    public JsonNode apply(ObjectNode order) throws InterruptedException {
        JsonNode done = ask("changeVerticals", "application/json", Json.bytes(order));
        life.awaitRuns();
        return done;
    }

    @Override
    public void close() {
        life.close();
        store.close();
    }
}
