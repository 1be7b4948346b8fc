package city.emona.store.local;

import city.emona.store.DocumentWrite;
import city.emona.store.HistoryHeader;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The current state of all tenants in memory. One thread changes it; any number read it without waiting. */
final class Image {
    private final Map<Tenant, TenantImage> tenants = new ConcurrentHashMap<>();

    Image() {
        tenants.put(Tenant.DEFAULT, new TenantImage());
    }

    /**
     * Fills the empty image with what the files hold.
     *
     * @return the highest version found
     */
    long load(RocksFiles files) {
        long[] highest = {0};
        files.forEach(RocksFiles.Family.ENTITY, (keyBytes, value) -> {
            Records.Key key = Records.key(keyBytes);
            StoredEntity entity = read(key.rest().getFirst(), value);
            highest[0] = Math.max(highest[0], entity.version());
            tenant(key.tenant()).put(entity);
        });
        files.forEach(RocksFiles.Family.REGISTRY, (keyBytes, value) -> {
            Records.Key key = Records.key(keyBytes);
            tenant(key.tenant()).putDocument(key.rest().getFirst(), key.rest().getLast(), value);
        });
        files.forEach(RocksFiles.Family.ABSENT, (keyBytes, value) -> {
            Records.Key key = Records.key(keyBytes);
            tenant(key.tenant()).putAbsent(Records.header(key.rest().getFirst(), value));
        });
        return highest[0];
    }

    private static StoredEntity read(String id, byte[] value) {
        try {
            return Records.entity(id, value);
        } catch (IllegalArgumentException e) {
            throw new StoreOpenException(
                    "The store holds a damaged record: " + e.getMessage()
                            + ". Keep the folder as it is, and restore a backup into another one.",
                    e);
        }
    }

    private TenantImage tenant(Tenant tenant) {
        return tenants.computeIfAbsent(tenant, _ -> new TenantImage());
    }

    Optional<TenantImage> find(Tenant tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    List<Tenant> listTenants() {
        return tenants.keySet().stream()
                .filter(tenant -> !tenant.isSnapshot())
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    List<Tenant> listSnapshots() {
        return tenants.keySet().stream().filter(Tenant::isSnapshot).toList();
    }

    @Nullable
    StoredEntity current(Tenant tenant, String id, long now) {
        TenantImage image = tenants.get(tenant);
        return image == null ? null : image.find(id, now).orElse(null);
    }

    @Nullable
    StoredEntity findEvenExpired(Tenant tenant, String id) {
        TenantImage image = tenants.get(tenant);
        return image == null ? null : image.get(id);
    }

    void apply(Tenant tenant, String id, @Nullable StoredEntity after) {
        if (after == null) {
            tenant(tenant).remove(id);
            forgetIfEmpty(tenant);
        } else {
            tenant(tenant).put(after);
        }
    }

    /** What is known of the history of an entity that has no current state. */
    @Nullable
    HistoryHeader findAbsent(Tenant tenant, String id) {
        TenantImage image = tenants.get(tenant);
        return image == null ? null : image.findAbsent(id);
    }

    void applyAbsent(Tenant tenant, String id, @Nullable HistoryHeader header) {
        if (header == null) {
            tenant(tenant).removeAbsent(id);
        } else {
            tenant(tenant).putAbsent(header);
        }
    }

    void apply(Tenant tenant, DocumentWrite write) {
        tenant(tenant).putDocument(write.kind(), write.key(), write.content());
        forgetIfEmpty(tenant);
    }

    /** A snapshot of which nothing is left is gone; a tenant stays. */
    private void forgetIfEmpty(Tenant tenant) {
        if (tenant.isSnapshot() && tenant(tenant).isEmpty()) {
            tenants.remove(tenant);
        }
    }
}
