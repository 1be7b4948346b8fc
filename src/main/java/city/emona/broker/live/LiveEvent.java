package city.emona.broker.live;

import city.emona.store.StoredEntity;

/** What a stream tells its receiver. */
public sealed interface LiveEvent {
    /** Stands for the position of an event behind which a stream cannot begin again, since others belong to the same commit. */
    long NONE = 0;

    /** The position of the log up to which all was told with this event, or {@link #NONE}. */
    long position();

    /** An entity matches, and this is what it is; it is new, changed, or was there when the stream began. */
    record Present(long position, StoredEntity entity) implements LiveEvent {}

    /** An entity was deleted, has expired, or does not match any more. */
    record Gone(long position, String id) implements LiveEvent {}

    /**
     * The log does not reach back to where the stream should begin: whatever the receiver knows is forgotten, and all entities that match
     * now follow.
     */
    record Reset(long position) implements LiveEvent {}

    /** Nothing happened up to a position. */
    record Mark(long position) implements LiveEvent {}
}
