package city.emona.vertical.source;

import city.emona.broker.Broker;
import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.store.local.LocalStore;
import city.emona.vertical.InstallSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that takes files of a watched folder until it is killed; see {@link SourceCrashTest}. */
final class SourceCrashRunner {
    private SourceCrashRunner() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Contexts contexts = new Contexts(url -> {
            throw new AssertionError("no context may be fetched, but was " + url);
        });
        LocalStore store = LocalStore.open(folder.resolve("data"), 1024 * 1024, Clock.systemUTC());
        var surroundings = new SourceSupervisor.Surroundings(
                contexts,
                new Broker(store, Clock.systemUTC()),
                store,
                Clock.systemUTC(),
                Secrets.none(),
                InstallSecrets.NONE,
                OutgoingGate.PUBLIC_ONLY,
                folder.resolve("inbox"),
                "test");
        String source =
                TestVertical.source("s", "connector: folder\nevery: 1s\nformat: csv\nseparator: ','\ndecimal: '.'");
        new SourceSupervisor(surroundings, _ -> List.of()).add(TestVertical.of(folder, contexts, source));
        new CountDownLatch(1).await();
    }
}
