package city.emona.store.local;

/**
 * What a column holds.
 *
 * @param attribute the expanded name of an attribute; empty where the column is about the entity
 */
record ColumnKey(Kind kind, String attribute) {
    enum Kind {
        NUMBER,
        TEXT,
        BOX,
        SCOPE
    }
}
