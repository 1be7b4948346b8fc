package city.emona.store.local;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.context.PackedEntity;
import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;
import city.emona.json.Json;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.InstanceId;
import city.emona.store.SeriesScan;
import city.emona.store.TimeProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Successive instances of one series as columns: times, values and what is the same for many, each once. Neighbours are alike, so columns hold
 * differences, and all is deflated. Form 1: the byte 1, flags, the number of instances, the first and last times of recording and of
 * modification, the length of what follows, and deflated: the columns, each as counted bytes.
 */
final class HistoryBlock {
    /** How many instances a block holds at most. */
    static final int CAPACITY = 1_024;

    private static final int FORM = 1;
    private static final int NUMBERS = 1;
    private static final int PLAIN = 1 << 1;
    private static final int OBSERVED = 1 << 2;

    // the columns, in their order
    private static final int TIMES = 0;
    private static final int VALUES = 1;
    private static final int MODIFIED = 2;
    private static final int RECORDED = 3;
    private static final int ID_NUMBERS = 4;
    private static final int ID_INDEXES = 5;
    private static final int STYLES = 6;
    private static final int TEMPLATES = 7;
    private static final int DICTIONARY = 8;
    private static final int COLUMNS = 9;

    private final int flags;
    private final int count;
    private final long firstRecorded;
    private final long lastRecorded;
    private final long firstModified;
    private final long lastModified;
    private final byte[] block;
    private final int from;

    private byte @Nullable [] columns;
    private final int[] starts = new int[COLUMNS];

    private HistoryBlock(byte[] block) {
        PackedInput in = new PackedInput(block, 0);
        if (in.number() != FORM) {
            throw new IllegalArgumentException("a block of history has an unknown form");
        }
        this.flags = (int) in.number();
        this.count = (int) in.number();
        this.firstRecorded = in.signed();
        this.lastRecorded = in.signed();
        this.firstModified = in.signed();
        this.lastModified = in.signed();
        this.block = block;
        this.from = in.position();
    }

    static HistoryBlock of(byte[] block) {
        return new HistoryBlock(block);
    }

    int size() {
        return count;
    }

    /** Where an instance stands in its series. */
    static HistoryKeys.Place placeOf(HistoryPoint point) {
        long observed = point.micros(TimeProperty.OBSERVED_AT);
        long micros = observed == HistoryPoint.NONE ? 1_000 * point.instance().modifiedAt() : observed;
        return new HistoryKeys.Place(micros, point.id());
    }

    /** Packs instances that stand in the order of their places. */
    static byte[] pack(List<HistoryPoint> points) {
        long[] recorded = new long[points.size()];
        long[] modified = new long[points.size()];
        for (int i = 0; i < points.size(); i++) {
            recorded[i] = points.get(i).id().recordedAt();
            modified[i] = points.get(i).instance().modifiedAt();
        }
        Map<AttributeInstance, Integer> templates = new LinkedHashMap<>();
        int[] templateOf = new int[points.size()];
        boolean observed = true;
        for (int i = 0; i < points.size(); i++) {
            AttributeInstance template = template(points.get(i).instance(), style(points.get(i)));
            templateOf[i] = templates.computeIfAbsent(template, _ -> templates.size());
            observed &= points.get(i).instance().observedAt() != null;
        }
        NumberValues numbers = NumberValues.of(points);
        boolean plain =
                templates.keySet().stream().allMatch(t -> t.type() == AttributeType.PROPERTY && t.expiresAt() == 0);
        PackedOutput columns = new PackedOutput();
        columns.bytes(Differences.ofTimes(places(points)));
        columns.bytes(numbers == null ? texts(points) : numbers.bytes());
        columns.bytes(Differences.between(modified, recorded));
        columns.bytes(Differences.second(recorded));
        columns.bytes(Differences.first(
                points.stream().mapToLong(point -> point.id().number()).toArray()));
        columns.bytes(Differences.first(
                points.stream().mapToLong(point -> point.id().index()).toArray()));
        byte[] styles = new byte[points.size()];
        for (int i = 0; i < styles.length; i++) {
            styles[i] = (byte) style(points.get(i));
        }
        columns.bytes(styles);
        columns.bytes(templates.size() == 1 ? new byte[0] : Differences.plain(templateOf));
        columns.bytes(dictionary(templates.keySet()));

        byte[] raw = columns.toBytes();
        PackedOutput out = new PackedOutput();
        out.number(FORM);
        out.number((numbers == null ? 0 : NUMBERS) | (plain ? PLAIN : 0) | (observed ? OBSERVED : 0));
        out.number(points.size());
        out.signed(least(recorded));
        out.signed(most(recorded));
        out.signed(least(modified));
        out.signed(most(modified));
        out.number(raw.length);
        return Deflated.append(out.toBytes(), raw);
    }

    private static long[] places(List<HistoryPoint> points) {
        return points.stream().mapToLong(point -> placeOf(point).micros()).toArray();
    }

    private static long least(long[] numbers) {
        long least = numbers[0];
        for (long number : numbers) {
            least = Math.min(least, number);
        }
        return least;
    }

    private static long most(long[] numbers) {
        long most = numbers[0];
        for (long number : numbers) {
            most = Math.max(most, number);
        }
        return most;
    }

    private static int style(HistoryPoint point) {
        String observedAt = point.instance().observedAt();
        return ObservedText.styleOf(observedAt, placeOf(point).micros());
    }

    /** What is mostly the same in neighbours: all but value and times. */
    private static AttributeInstance template(AttributeInstance instance, int style) {
        return new AttributeInstance(
                instance.type(),
                NullNode.getInstance(),
                "",
                style == ObservedText.OTHER ? instance.observedAt() : null,
                instance.unitCode(),
                instance.qualifierType(),
                0,
                0,
                instance.expiresAt(),
                instance.attributes());
    }

    private static byte[] texts(List<HistoryPoint> points) {
        PackedOutput out = new PackedOutput();
        points.forEach(point -> out.bytes(Json.bytes(point.instance().value())));
        return out.toBytes();
    }

    private static byte[] dictionary(Iterable<AttributeInstance> templates) {
        PackedOutput out = new PackedOutput();
        for (AttributeInstance template : templates) {
            PackedEntity packed = PackedEntity.pack(
                    new Entity("", List.of(), List.of(), 0, 0, 0, List.of(new Attribute("", List.of(template)))));
            byte[] bytes = new byte[packed.size()];
            packed.write(bytes, 0);
            out.bytes(bytes);
        }
        return out.toBytes();
    }

    /** Whether some instance may be in a range, as far as the times of recording and modification tell. */
    boolean mayHold(HistoryRange range) {
        long first =
                switch (range.property()) {
                    case OBSERVED_AT -> Long.MIN_VALUE;
                    case CREATED_AT -> 1_000 * firstRecorded;
                    case MODIFIED_AT, DELETED_AT -> 1_000 * firstModified;
                };
        long last =
                switch (range.property()) {
                    case OBSERVED_AT -> Long.MAX_VALUE;
                    case CREATED_AT -> 1_000 * lastRecorded;
                    case MODIFIED_AT, DELETED_AT -> 1_000 * lastModified;
                };
        return last >= range.from() && first < range.to();
    }

    /** Whether an instance may be among these. */
    boolean mayHold(InstanceId id) {
        return id.recordedAt() >= firstRecorded && id.recordedAt() <= lastRecorded;
    }

    /** Whether an instance may have been observed at one of these times. */
    boolean mayHoldAny(NavigableSet<Long> times, ScanBuffers buffers) {
        if (times.isEmpty()) {
            return false;
        }
        Differences.readTimes(column(TIMES), buffers.times(), count);
        Long first = times.ceiling(buffers.times()[0]);
        return first != null && first <= buffers.times()[count - 1];
    }

    private byte[] columns() {
        byte[] present = columns;
        if (present == null) {
            PackedInput in = new PackedInput(block, from);
            int length = (int) in.number();
            present = Deflated.inflate(block, in.position(), length);
            PackedInput all = new PackedInput(present, 0);
            for (int i = 0; i < starts.length; i++) {
                int length0 = (int) all.number();
                starts[i] = all.position();
                all.pass(length0);
            }
            columns = present;
        }
        return present;
    }

    private PackedInput column(int column) {
        byte[] all = columns();
        return new PackedInput(all, starts[column]);
    }

    /**
     * Hands numbers over without making an instance of each.
     *
     * @return false where not all instances are plain numbers with the time asked for; then nothing was handed over
     */
    boolean scanNumbers(HistoryRange range, ScanBuffers buffers, SeriesScan scan) {
        TimeProperty property = range.property();
        boolean timed =
                property == TimeProperty.OBSERVED_AT ? (flags & OBSERVED) != 0 : property != TimeProperty.DELETED_AT;
        if ((flags & NUMBERS) == 0 || (flags & PLAIN) == 0 || !timed) {
            return false;
        }
        long[] times = buffers.times();
        switch (property) {
            case OBSERVED_AT -> Differences.readTimes(column(TIMES), times, count);
            case CREATED_AT -> Differences.readSecond(column(RECORDED), times, count, 1_000);
            case MODIFIED_AT -> {
                Differences.readSecond(column(RECORDED), times, count, 1_000);
                Differences.addTo(column(MODIFIED), times, count, 1_000);
            }
            case DELETED_AT -> throw new IllegalStateException("deletions are no numbers");
        }
        NumberValues.read(column(VALUES), buffers.values(), count);
        int run = 0;
        for (int i = 0; i <= count; i++) {
            if (i == count || !range.holds(times[i])) {
                if (i > run) {
                    scan.numbers(times, buffers.values(), run, i);
                }
                run = i + 1;
            }
        }
        return true;
    }

    /** All instances, in the order of their places. */
    List<HistoryPoint> points(String datasetId) {
        return points(datasetId, HistoryRange.of(TimeProperty.CREATED_AT));
    }

    /** The instances, in the order of their places; without such of which it is easily told that a range does not ask for them. */
    List<HistoryPoint> points(String datasetId, HistoryRange range) {
        long[] places = new long[count];
        Differences.readTimes(column(TIMES), places, count);
        boolean chosen = range.property() == TimeProperty.OBSERVED_AT && (flags & OBSERVED) != 0;
        int to = chosen ? firstFrom(places, range.to()) : count;
        int first = chosen ? firstFrom(places, range.from()) : 0;
        int begin = chosen && range.lastN() > 0 ? Math.max(first, to - range.lastN()) : first;
        if (begin >= to) {
            return List.of();
        }
        long[] recorded = new long[count];
        long[] modified = new long[count];
        Differences.readSecond(column(RECORDED), recorded, count, 1);
        System.arraycopy(recorded, 0, modified, 0, count);
        Differences.addTo(column(MODIFIED), modified, count, 1);
        long[] numbers = new long[count];
        long[] indexes = new long[count];
        Differences.readFirst(column(ID_NUMBERS), numbers, count);
        Differences.readFirst(column(ID_INDEXES), indexes, count);
        List<AttributeInstance> dictionary = readDictionary();
        PackedInput templates = column(TEMPLATES);
        byte[] all = columns();
        int styles = starts[STYLES];
        List<JsonNode> values = readValues(begin, to);
        List<HistoryPoint> points = new ArrayList<>(to - begin);
        for (int i = 0; i < to; i++) {
            AttributeInstance template = dictionary.get(dictionary.size() == 1 ? 0 : (int) templates.number());
            if (i < begin) {
                continue;
            }
            int style = all[styles + i];
            String observedAt =
                    switch (style) {
                        case ObservedText.ABSENT -> null;
                        case ObservedText.OTHER -> template.observedAt();
                        default -> ObservedText.text(style, places[i]);
                    };
            points.add(new HistoryPoint(
                    new InstanceId(recorded[i], (int) numbers[i], (int) indexes[i]),
                    new AttributeInstance(
                            template.type(),
                            values.get(i - begin),
                            datasetId,
                            observedAt,
                            template.unitCode(),
                            template.qualifierType(),
                            recorded[i],
                            modified[i],
                            template.expiresAt(),
                            template.attributes())));
        }
        return points;
    }

    /** Where the first of these times stands that is not before one. */
    private static int firstFrom(long[] times, long time) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private List<JsonNode> readValues(int begin, int to) {
        PackedInput in = column(VALUES);
        if ((flags & NUMBERS) != 0) {
            return NumberValues.readNodes(in, count, begin, to);
        }
        List<JsonNode> values = new ArrayList<>(to - begin);
        for (int i = 0; i < to; i++) {
            byte[] text = in.bytes();
            if (i >= begin) {
                values.add(Json.parse(text));
            }
        }
        return values;
    }

    private List<AttributeInstance> readDictionary() {
        List<AttributeInstance> dictionary = new ArrayList<>();
        PackedInput in = column(DICTIONARY);
        while (in.position() < columns().length) {
            Entity entity = PackedEntity.read(in.bytes(), 0).unpack("");
            dictionary.add(entity.attributes().getFirst().main());
        }
        return dictionary;
    }
}
