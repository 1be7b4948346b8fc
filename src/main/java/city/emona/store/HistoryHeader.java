package city.emona.store;

import java.util.List;

/**
 * What is known of the history of an entity without reading it.
 *
 * @param types the expanded types, of now or when it was deleted
 * @param createdAt epoch milliseconds
 * @param modifiedAt epoch milliseconds
 * @param deletedAt epoch milliseconds; 0 where it was not deleted
 */
public record HistoryHeader(String id, List<String> types, long createdAt, long modifiedAt, long deletedAt) {
    public HistoryHeader {
        types = List.copyOf(types);
    }
}
