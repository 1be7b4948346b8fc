package city.emona.store.local;

import city.emona.store.DocumentWrite;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The current state of all tenants in memory. One thread changes it; any number read it without waiting. */
final class Image {
    private final Map<Tenant, TenantImage> tenants = new ConcurrentHashMap<>();

    Image() {
        tenants.put(Tenant.DEFAULT, new TenantImage());
    }

    /**
     * Takes over what the files hold, in place of what the image held; the image is readable all the while.
     *
     * @return the highest version found
     */
    long load(RocksFiles files) {
        long[] highest = {0};
        Map<Tenant, Set<String>> found = new ConcurrentHashMap<>();
        files.forEach(RocksFiles.Family.ENTITY, (keyBytes, value) -> {
            Records.Key key = Records.key(keyBytes);
            String id = key.rest().getFirst();
            StoredEntity entity;
            try {
                entity = Records.entity(id, value);
            } catch (IllegalArgumentException e) {
                throw new StoreOpenException(
                        "The store holds a damaged record: " + e.getMessage()
                                + ". Keep the folder as it is, and restore a backup into another one.",
                        e);
            }
            highest[0] = Math.max(highest[0], entity.version());
            found.computeIfAbsent(key.tenant(), _ -> new HashSet<>()).add(id);
            TenantImage tenant = tenant(key.tenant());
            StoredEntity present = tenant.get(id);
            if (present == null || present.version() != entity.version()) {
                tenant.put(entity);
            }
        });
        tenants.forEach((tenant, image) -> image.retainAll(found.getOrDefault(tenant, Set.of())));
        files.forEach(RocksFiles.Family.REGISTRY, (keyBytes, value) -> {
            Records.Key key = Records.key(keyBytes);
            tenant(key.tenant()).putDocument(key.rest().getFirst(), key.rest().getLast(), value);
        });
        return highest[0];
    }

    private TenantImage tenant(Tenant tenant) {
        return tenants.computeIfAbsent(tenant, _ -> new TenantImage());
    }

    Optional<TenantImage> find(Tenant tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    List<Tenant> listTenants() {
        return tenants.keySet().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    @Nullable
    StoredEntity current(Tenant tenant, String id, long now) {
        TenantImage image = tenants.get(tenant);
        return image == null ? null : image.find(id, now).orElse(null);
    }

    void apply(Tenant tenant, String id, @Nullable StoredEntity after) {
        if (after == null) {
            tenant(tenant).remove(id);
        } else {
            tenant(tenant).put(after);
        }
    }

    void apply(Tenant tenant, DocumentWrite write) {
        tenant(tenant).putDocument(write.kind(), write.key(), write.content());
    }
}
