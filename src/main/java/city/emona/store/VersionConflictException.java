package city.emona.store;

/** A change-set was refused because an entity is no longer in the version that it expected. Nothing was changed; the caller reads again. */
public final class VersionConflictException extends RuntimeException {
    private final String entityId;

    public VersionConflictException(String entityId) {
        super("another change of " + entityId + " was committed first", null, false, false);
        this.entityId = entityId;
    }

    public String entityId() {
        return entityId;
    }
}
