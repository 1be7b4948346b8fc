package city.emona.broker;

/**
 * Names one attribute of an entity, and which of its instances.
 *
 * @param name the expanded name
 * @param datasetId the instance; an empty string for the default one
 * @param all whether all instances are meant
 */
public record AttributeSelector(String name, String datasetId, boolean all) {
    /** The default instance. */
    public static AttributeSelector ofDefault(String name) {
        return new AttributeSelector(name, "", false);
    }
}
