package city.emona.http.operation;

import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may be allowed to do. Each operation needs one of these; who has which is said by the policy of the access control. */
public enum Right {
    /** Ask whether the server is well, and for its description, schemas and contexts. */
    SERVICE_READ("service.read"),
    /** Read what is published: current state, history, types, the stream of changes. */
    DATA_READ("data.read"),
    /** Create, change and delete entities. */
    DATA_WRITE("data.write"),
    /** Delete whatever matches a query. */
    DATA_PURGE("data.purge"),
    /** Write the history of entities. */
    HISTORY_WRITE("history.write"),
    /** Change and delete the kept results of queries. */
    MAPS_KEEP("maps.keep"),
    /** Look at snapshots. */
    SNAPSHOTS_READ("snapshots.read"),
    /** Make, change and delete snapshots. */
    SNAPSHOTS_KEEP("snapshots.keep"),
    /** Have the server keep JSON-LD contexts. */
    CONTEXTS_KEEP("contexts.keep"),
    /** Have the server tell others of changes. */
    SUBSCRIPTIONS_KEEP("subscriptions.keep"),
    /** See how the sources are. */
    SOURCES_READ("sources.read"),
    /** Switch sources on and off. */
    SOURCES_SWITCH("sources.switch"),
    /** Push data to sources that ask for a proof of their own. */
    SOURCES_PUSH("sources.push"),
    /** Bring documents to sources, and push to those that ask for no proof. */
    SOURCES_BRING("sources.bring"),
    /** Look at the packages of verticals and their files. */
    VERTICALS_READ("verticals.read"),
    /** Install, upgrade, change and remove verticals. */
    VERTICALS_MANAGE("verticals.manage"),
    /** See what is on its way to others. */
    DELIVERIES_READ("deliveries.read"),
    /** Hold, try and replay what goes to others. */
    DELIVERIES_OPERATE("deliveries.operate"),
    /** Read the figures of the running program. */
    METRICS_READ("metrics.read"),
    /** Say that an alert is looked after. */
    ALERTS_ACKNOWLEDGE("alerts.acknowledge"),
    /** Enter the value of an indicator. */
    INDICATORS_ENTER("indicators.enter"),
    /** Order backups and see how they stand. */
    BACKUPS_KEEP("backups.keep"),
    /** Take everything along that the city holds. */
    EXPORT_TAKE("export.take"),
    /** Have the running server take its settings anew. */
    SETTINGS_RELOAD("settings.reload"),
    /** See and change who may do what. */
    ACCESS_MANAGE("access.manage");

    private final String word;

    Right(String word) {
        this.word = word;
    }

    /** The name in the policy and in the description of the API. */
    public String word() {
        return word;
    }

    /** The right of a name. */
    public static Optional<Right> find(String word) {
        return Stream.of(values()).filter(right -> right.word.equals(word)).findFirst();
    }
}
