package city.emona.vertical.source;

import city.emona.problem.Problem;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes the connectors of sources.
 *
 * @param inbox below it is the folder {@code <vertical>/<source>} of each source that watches one
 * @param installation tells this installation from others at the same MQTT broker
 */
record Connectors(HttpFetcher web, Secrets secrets, Path inbox, String installation) {
    /** @throws Problem of type BadRequestData when the address is none for such a connector */
    Connector of(Vertical vertical, SourceSpec spec) {
        Login login = new Login(vertical.id(), spec.transport(), secrets);
        return switch (spec.connector()) {
            case HTTP -> {
                URI address = webAddress(spec);
                yield Pages.has(spec)
                        ? new PagedConnector(spec, web, login)
                        : new DocumentConnector(
                                spec,
                                spec.address().contains("{since}") ? spec.address() : address.toString(),
                                web,
                                login);
            }
            case GBFS -> new GbfsConnector(spec, webAddress(spec), web, login);
            case FILE ->
                new DocumentConnector(
                        spec, vertical.folder().resolve(spec.address()).toUri().toString(), new FileFetcher(), login);
            case MQTT -> mqtt(vertical, spec);
            case FOLDER ->
                new FolderConnector(spec, inbox.resolve(vertical.id()).resolve(spec.id()));
            case PUSH, UPLOAD -> new QuietConnector();
        };
    }

    private Connector mqtt(Vertical vertical, SourceSpec spec) {
        String name = installation + "/" + vertical.id() + "/" + spec.id() + "/" + spec.address();
        String clientId = "emona"
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, 18);
        try {
            return new MqttConnector(spec, vertical.id(), secrets, clientId);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "The address »" + spec.address() + "« of the source " + spec.id() + " cannot be used: "
                            + e.getMessage() + ".",
                    "Write mqtt://host/topic, with the user and the password under authentication.");
        }
    }

    private static URI webAddress(SourceSpec spec) {
        try {
            return URI.create(spec.address().replace("{since}", "1970-01-01T00:00:00Z"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "The address »" + spec.address() + "« of the source " + spec.id() + " is not a URL.",
                    "Write a URL with http or https.");
        }
    }
}
