package city.emona.broker.temporal;

import city.emona.store.HistoryHeader;
import java.util.List;

/** The temporal evolution of an entity: the part of its history that was asked for (clause 4.5.6). */
public record Evolution(HistoryHeader entity, List<AttributeHistory> attributes) {
    public Evolution {
        attributes = List.copyOf(attributes);
    }
}
