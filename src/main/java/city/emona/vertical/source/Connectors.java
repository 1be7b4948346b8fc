package city.emona.vertical.source;

import city.emona.problem.Problem;
import city.emona.vertical.InstallSecrets;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes the connectors of sources.
 *
 * @param answers the secrets that stand in addresses; they are put there when a connector is made
 * @param inbox below it is the folder {@code <vertical>/<source>} of each source that watches one
 * @param installation tells this installation from others at the same MQTT broker
 */
record Connectors(HttpFetcher web, Secrets secrets, InstallSecrets answers, Path inbox, String installation) {
    /** @throws Problem of type BadRequestData when the address is none for such a connector */
    Connector of(Vertical vertical, SourceSpec spec) {
        Login login = new Login(vertical.id(), spec.transport(), secrets);
        return switch (spec.connector()) {
            case HTTP -> {
                String address = webAddress(vertical, spec);
                yield Pages.has(spec)
                        ? new PagedConnector(spec, address, web, login)
                        : new DocumentConnector(spec, address, web, login);
            }
            case GBFS -> new GbfsConnector(spec, URI.create(webAddress(vertical, spec)), web, login);
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
            return new MqttConnector(spec, vertical.id(), secrets, web.outside(), clientId);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "The address »" + spec.address() + "« of the source " + spec.id() + " cannot be used: "
                            + e.getMessage() + ".",
                    "Write mqtt://host/topic, with the user and the password under authentication.");
        }
    }

    /** The address with its secrets, of which nothing may be shown; {@code {since}} may still stand in it. */
    private String webAddress(Vertical vertical, SourceSpec spec) {
        String address = answers.reveal(vertical.id(), spec.address());
        try {
            URI.create(address.replace("{since}", "1970-01-01T00:00:00Z"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequestData(
                    "The address »" + spec.address() + "« of the source " + spec.id() + " is not a URL.",
                    "Write a URL with http or https.");
        }
        return address;
    }
}
