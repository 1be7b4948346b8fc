package city.emona.context;

import city.emona.json.JsonOut;

/** Writes single instances of attributes, as histories hold them (ETSI GS CIM 009 clauses 4.5.7 to 4.5.9). Immutable. */
public final class InstanceWriter {
    private final AttributeWriter writer;

    public InstanceWriter(TermTable terms, Representation representation) {
        this.writer = new AttributeWriter(terms, representation);
    }

    /**
     * An instance as a JSON object.
     *
     * @param instanceId the URI that tells it from the others
     * @param deletedAt when it was deleted, in epoch milliseconds; 0 where it was not
     */
    public void write(AttributeInstance instance, String instanceId, long deletedAt, JsonOut out) {
        writer.recorded(instance, instanceId, deletedAt, out);
    }

    /** The value of an instance alone. */
    public void writeValue(AttributeInstance instance, JsonOut out) {
        writer.plainValue(instance, out);
    }

    /** The type as which an instance is written; a text of which one language is shown is a property. */
    public AttributeType type(AttributeInstance instance) {
        return writer.writtenType(instance);
    }
}
