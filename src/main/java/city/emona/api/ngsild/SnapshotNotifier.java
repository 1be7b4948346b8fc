package city.emona.api.ngsild;

import city.emona.broker.Broker;
import city.emona.broker.Snapshot;
import city.emona.broker.Snapshots;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.store.Tenant;
import city.emona.time.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the endpoints of snapshots about changes of their status (clauses 5.3.4 and 5.16.6), each notification on a virtual thread of its
 * own. An endpoint that cannot be reached, is slow or refuses is named in the log and not asked again.
 */
final class SnapshotNotifier implements Snapshots.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotNotifier.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How many notifications are under way or wait at the same time; those beyond are dropped. */
    private static final int MAX_WAITING = 1_000;

    /** Made when it is first wanted: it reads all certificates that the platform trusts. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    private final Broker broker;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    SnapshotNotifier(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void changed(Tenant tenant, Snapshot snapshot) {
        String endpoint = snapshot.settings().endpoint();
        if (endpoint == null) {
            return;
        }
        if (!places.tryAcquire()) {
            LOG.warn("Too many notifications wait; {} is not told of the snapshot {}", endpoint, snapshot.id());
            return;
        }
        HttpRequest request = request(endpoint, tenant, snapshot);
        Thread.ofVirtual().name("snapshot notification").start(() -> {
            try {
                HttpResponse<InputStream> response = Client.HTTP.send(request, BodyHandlers.ofInputStream());
                // nothing of the body is wanted, however long it is
                response.body().close();
                if (response.statusCode() / 100 != 2) {
                    LOG.warn("{} answered a snapshot notification with {}", endpoint, response.statusCode());
                }
            } catch (IOException e) {
                LOG.warn("{} could not be told of the snapshot {}: {}", endpoint, snapshot.id(), e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    private HttpRequest request(String endpoint, Tenant tenant, Snapshot snapshot) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint))
                .timeout(TIMEOUT)
                .setHeader("Content-Type", ApiRequest.JSON)
                .setHeader("Link", ContextLink.format(TermTable.core().linkTarget()));
        if (!tenant.isDefault()) {
            request.setHeader("NGSILD-Tenant", tenant.name());
        }
        snapshot.settings().receiverInfo().forEach(info -> request.setHeader(info.key(), info.value()));
        return request.POST(BodyPublishers.ofByteArray(Json.bytes(notification(snapshot))))
                .build();
    }

    private ObjectNode notification(Snapshot snapshot) {
        ObjectNode json = Json.object()
                .put("id", "urn:ngsi-ld:SnapshotNotification:" + UUID.randomUUID())
                .put("type", "SnapshotNotification")
                .put("snapshotId", snapshot.id())
                .put("notifiedAt", Timestamps.format(broker.now()))
                .put("expiresAt", Timestamps.format(snapshot.expiresAt()))
                .put("snapshotStatus", snapshot.status().term())
                .put("snapshotPriority", snapshot.settings().priority());
        if (snapshot.details() != null) {
            json.set("snapshotQueriesDetails", snapshot.details());
        }
        if (snapshot.temporalDetails() != null) {
            json.set("temporalSnapshotQueriesDetails", snapshot.temporalDetails());
        }
        return json;
    }
}
