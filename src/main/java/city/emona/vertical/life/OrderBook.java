package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** What was done with each vertical, order by order; the newest stand first, and the oldest are forgotten. */
final class OrderBook {
    private static final String ORDERS = "vertical-order";
    private static final int MAX_ORDERS = 100;

    private final ContextStore store;

    OrderBook(ContextStore store) {
        this.store = store;
    }

    List<DoneOrder> list(String vertical) {
        List<DoneOrder> done = new ArrayList<>();
        store.findDocument(Tenant.DEFAULT, ORDERS, vertical)
                .ifPresent(bytes -> Json.parse(bytes).forEach(order -> done.add(DoneOrder.read(order))));
        return done;
    }

    /** The write that notes one more; it belongs in the commit that does it. */
    DocumentWrite note(String vertical, DoneOrder order) {
        ArrayNode list = Json.array();
        list.add(order.toJson());
        list(vertical).stream().limit(MAX_ORDERS - 1L).forEach(before -> list.add(before.toJson()));
        return new DocumentWrite(ORDERS, vertical, Json.bytes(list));
    }
}
