package city.emona.app;

import city.emona.broker.Broker;
import city.emona.broker.subscription.Subscriptions;
import city.emona.config.Configuration;
import city.emona.context.Contexts;
import city.emona.context.TermTable;
import city.emona.governance.council.CouncilVocabulary;
import city.emona.http.OutgoingGate;
import city.emona.json.Json;
import city.emona.store.ContextStore;
import city.emona.store.Tenant;
import city.emona.vertical.SemanticVersion;
import city.emona.vertical.indicator.IndicatorTerms;
import city.emona.vertical.life.Estate;
import city.emona.vertical.life.SecretFiles;
import city.emona.vertical.quality.QualityTerms;
import city.emona.vertical.rule.AlertTerms;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Puts together what the life of verticals takes place in, for the server and for commands that open the data folder themselves. */
final class VerticalEstate {
    private static final int PAGE = 1_000;

    private VerticalEstate() {}

    static Estate of(
            Configuration configuration,
            boolean demo,
            ContextStore store,
            Contexts contexts,
            Path bundledFolder,
            Function<Collection<String>, List<String>> followers,
            Clock clock) {
        Path data = Path.of(configuration.get(Settings.DATA));
        OutgoingGate gate = configuration.get(Settings.ALLOWED_NETWORKS);
        return new Estate(
                store,
                contexts,
                data,
                bundledFolder,
                List.of(
                        CouncilVocabulary.context(),
                        AlertTerms.context(),
                        IndicatorTerms.context(),
                        QualityTerms.context()),
                demo ? gate.alsoAllowing("127.0.0.0/8, ::1/128") : gate,
                new SecretFiles(data, System::getenv),
                SemanticVersion.parse(Version.current()),
                followers,
                clock);
    }

    /** Finds subscriptions of all tenants that name one of some expanded names. */
    static Function<Collection<String>, List<String>> followers(Subscriptions subscriptions, Broker broker) {
        return names -> {
            List<String> found = new ArrayList<>();
            for (Tenant tenant : broker.listTenants()) {
                int offset = 0;
                Subscriptions.Page page;
                do {
                    page = subscriptions.list(tenant, TermTable.core(), PAGE, offset);
                    page.subscriptions().stream()
                            .filter(subscription -> isNamedIn(subscription, names))
                            .forEach(subscription ->
                                    found.add(subscription.path("id").asString()));
                    offset += PAGE;
                } while (page.more());
            }
            return found;
        };
    }

    private static boolean isNamedIn(ObjectNode subscription, Collection<String> names) {
        String text = Json.text(subscription);
        return names.stream()
                .anyMatch(name -> text.contains("\"" + name + "\"")
                        || text.contains(name + "=")
                        || text.contains(name + "<")
                        || text.contains(name + ">")
                        || text.contains(name + "!")
                        || text.contains(name + "~"));
    }
}
