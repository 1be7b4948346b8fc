package city.emona.vertical.life;

import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.store.ContextStore;
import city.emona.vertical.SemanticVersion;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What the life of verticals takes place in.
 *
 * @param dataFolder holds packages and secrets
 * @param bundledFolder the verticals that run without being installed, unless one of the same id is
 * @param cityContexts the terms of the city's own affairs
 * @param gate says which addresses lead into the inner network
 * @param platform the version of the program; empty when it is under development and fits every requirement
 * @param followers the subscriptions that name one of some types or attributes, given their expanded names; as people know them
 */
public record Estate(
        ContextStore store,
        Contexts contexts,
        Path dataFolder,
        Path bundledFolder,
        List<JsonNode> cityContexts,
        OutgoingGate gate,
        SecretFiles secrets,
        Optional<SemanticVersion> platform,
        Function<Collection<String>, List<String>> followers,
        InstantSource clock) {
    public Estate {
        cityContexts = List.copyOf(cityContexts);
    }
}
