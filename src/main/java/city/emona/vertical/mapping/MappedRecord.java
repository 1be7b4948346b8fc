package city.emona.vertical.mapping;

import city.emona.vertical.LocalizedText;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping made of one record.
 *
 * @param entities NGSI-LD entities, concise or normalized; none when the mapping passes the record over
 * @param notes what the mapping had to leave out, and why
 */
public record MappedRecord(List<ObjectNode> entities, List<LocalizedText> notes) {
    public MappedRecord {
        entities = List.copyOf(entities);
        notes = List.copyOf(notes);
    }
}
