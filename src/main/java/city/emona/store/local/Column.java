package city.emona.store.local;

import city.emona.context.PackedEntity;

/**
 * What the entities of a {@link Block} have of one thing, by their places, and between which limits that lies. It may say of an entity
 * that it does not know; it never says what is wrong. The writer sets it, and whoever makes it; any number read it.
 */
sealed interface Column permits NumberColumn, TextColumn, BoxColumn, ScopeColumn {
    /** An empty column for so many places. */
    static Column of(ColumnKey key, ColumnBook book, int places) {
        return switch (key.kind()) {
            case NUMBER -> new NumberColumn(key, places);
            case TEXT -> new TextColumn(key, places);
            case BOX -> new BoxColumn(key, places);
            case SCOPE -> new ScopeColumn(key, book, places);
        };
    }

    ColumnKey key();

    /** Notes what the entity at a place has now. */
    void set(int place, PackedEntity entity);
}
