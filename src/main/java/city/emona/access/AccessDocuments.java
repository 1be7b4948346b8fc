package city.emona.access;

import city.emona.json.Json;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of the access control in the store, of one kind. */
final class AccessDocuments {
    private final ContextStore store;
    private final String kind;

    AccessDocuments(ContextStore store, String kind) {
        this.store = store;
        this.kind = kind;
    }

    <T> List<T> readAll(Function<JsonNode, T> read) {
        return store.listDocuments(Tenant.DEFAULT, kind).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .map(read)
                .toList();
    }

    Optional<JsonNode> find(String key) {
        return store.findDocument(Tenant.DEFAULT, kind, key).map(Json::parse);
    }

    void write(String key, ObjectNode json) {
        commit(List.of(new DocumentWrite(kind, key, Json.bytes(json))));
    }

    void delete(String key) {
        commit(List.of(new DocumentWrite(kind, key, null)));
    }

    void commit(List<DocumentWrite> writes) {
        if (!writes.isEmpty()) {
            store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), writes));
        }
    }

    DocumentWrite change(String key, @Nullable ObjectNode json) {
        return new DocumentWrite(kind, key, json == null ? null : Json.bytes(json));
    }

    static ArrayNode json(Set<Grant> grants) {
        ArrayNode list = Json.array();
        for (Grant grant : grants) {
            list.addObject().put("role", grant.role().word()).put("domain", grant.domain());
        }
        return list;
    }

    /** Reads grants; roles that a later version knows are left out. */
    static Set<Grant> grants(JsonNode list) {
        Set<Grant> grants = new HashSet<>();
        for (JsonNode one : list) {
            Role.find(one.path("role").asString(""))
                    .ifPresent(role ->
                            grants.add(new Grant(role, one.path("domain").asString(""))));
        }
        return grants;
    }
}
