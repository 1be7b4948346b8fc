package city.emona.portal;

import city.emona.broker.Broker;
import city.emona.context.Entity;
import city.emona.query.EntityQuery;
import city.emona.store.EntityPage;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The city's entities, as the pages read them: always current, from memory. */
final class CityEntities {
    private final Broker broker;

    CityEntities(Broker broker) {
        this.broker = broker;
    }

    /** All entities of a type, by id. */
    List<Entity> ofType(String type) {
        List<Entity> all = new ArrayList<>();
        EntityQuery query = EntityQuery.ofType(type).withLimit(EntityQuery.MAX_LIMIT);
        EntityPage page = broker.query(Tenant.DEFAULT, query);
        all.addAll(page.entities());
        while (page.more()) {
            page = broker.query(Tenant.DEFAULT, query.withOffset(all.size()));
            all.addAll(page.entities());
        }
        return all;
    }

    Optional<Entity> find(String id) {
        return broker.find(Tenant.DEFAULT, id);
    }
}
