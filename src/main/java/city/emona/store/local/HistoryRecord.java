package city.emona.store.local;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryWrite;
import city.emona.store.InstanceId;
import city.emona.store.local.HistoryKeys.SeriesName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What one change-set did to one entity, on disk until it is packed: the byte 1 and a packed entity whose attributes are the instances, counted
 * in their order.
 */
final class HistoryRecord {
    /** How many instances a record holds at most. */
    private static final int MOST = 500;

    private static final byte FORM = 1;

    private HistoryRecord() {}

    static byte[] of(PackedEntity changed) {
        byte[] value = new byte[1 + changed.size()];
        value[0] = FORM;
        changed.write(value, 1);
        return value;
    }

    /** As many records as are needed for instances that are added. */
    static List<byte[]> of(List<HistoryWrite.Addition> additions) {
        List<byte[]> records = new ArrayList<>();
        for (int from = 0; from < additions.size(); from += MOST) {
            List<Attribute> attributes = additions.subList(from, Math.min(additions.size(), from + MOST)).stream()
                    .map(addition -> new Attribute(addition.attribute(), List.of(addition.instance())))
                    .toList();
            records.add(of(PackedEntity.pack(new Entity("", List.of(), List.of(), 0, 0, 0, attributes))));
        }
        return records;
    }

    /**
     * Reads a record.
     *
     * @param id of the first instance
     */
    static void read(byte[] value, InstanceId id, BiConsumer<SeriesName, HistoryPoint> use) {
        if (value.length == 0 || value[0] != FORM) {
            throw new IllegalArgumentException("a record of history has an unknown form");
        }
        int index = 0;
        for (Attribute attribute : PackedEntity.read(value, 1).unpack("").attributes()) {
            for (AttributeInstance instance : attribute.instances()) {
                InstanceId own = new InstanceId(id.recordedAt(), id.number(), index++);
                use.accept(
                        new SeriesName(attribute.name(), instance.datasetId()),
                        new HistoryPoint(own, recorded(instance, id.recordedAt())));
            }
        }
    }

    /** In a history, an instance is made when it is recorded; what does not say when it was deleted was so at that time. */
    static AttributeInstance recorded(AttributeInstance instance, long recordedAt) {
        long modifiedAt = instance.modifiedAt() == 0 ? recordedAt : instance.modifiedAt();
        return new AttributeInstance(
                instance.type(),
                instance.value(),
                instance.datasetId(),
                instance.observedAt(),
                instance.unitCode(),
                instance.qualifierType(),
                recordedAt,
                modifiedAt,
                instance.expiresAt(),
                instance.attributes());
    }
}
