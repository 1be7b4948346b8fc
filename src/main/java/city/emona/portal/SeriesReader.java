package city.emona.portal;

import city.emona.portal.SeriesGatherer.Said;
import city.emona.portal.Trace.Sample;
import city.emona.portal.Trace.Stretch;
import city.emona.store.HistoryPoint;
import city.emona.store.HistoryRange;
import city.emona.store.Series;
import city.emona.store.TimeProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Reads series in a span of time, all in the same buckets. */
final class SeriesReader {
    private final CityEntities entities;
    private final HistorySpan span;
    private final Instant now;
    private final BucketWidth width;
    private final long[] bounds;

    /** A series that was read. */
    record Read(HistorySubject subject, SeriesGatherer gatherer, long[] deletions, Optional<Said> before) {
        boolean hasNumbers() {
            return !(gatherer.numbers(false) instanceof Trace.Nothing)
                    || before.filter(said -> said.value().isNumber()).isPresent();
        }
    }

    SeriesReader(CityEntities entities, HistorySpan span, Instant now) {
        this.entities = entities;
        this.span = span;
        this.now = now;
        this.width = BucketWidth.of(span);
        this.bounds = width.bounds(span);
    }

    HistorySpan span() {
        return span;
    }

    BucketWidth width() {
        return width;
    }

    /** The middle of a bucket that begins at a time; the time itself where none does. */
    long middleOfBucket(long begin) {
        int bucket = Arrays.binarySearch(bounds, begin);
        return bucket < 0 || bucket + 1 == bounds.length ? begin : (begin + bounds[bucket + 1]) / 2;
    }

    Read read(HistorySubject subject) {
        String id = subject.known().id();
        SeriesGatherer gatherer = new SeriesGatherer(subject.dataset(), bounds, now.toEpochMilli());
        HistoryRange range = HistoryRange.between(subject.time(), span.fromMicros(), span.toMicros());
        entities.scanHistory(id, subject.selector(), range, gatherer);
        long[] deletions = entities
                .readHistory(
                        id,
                        subject.selector(),
                        HistoryRange.between(TimeProperty.DELETED_AT, span.fromMicros(), span.toMicros()))
                .stream()
                .flatMap(series -> series.points().stream())
                .mapToLong(point -> point.micros(TimeProperty.DELETED_AT))
                .sorted()
                .toArray();
        return new Read(subject, gatherer, deletions, before(subject));
    }

    /** The last value before the span, where it still held when the span began. */
    private Optional<Said> before(HistorySubject subject) {
        return lastBefore(subject)
                .filter(said -> subject.holds()
                        ? !wasDeleted(subject, said.at())
                        : subject.staleMicros() > 0 && said.at() + subject.staleMicros() > span.fromMicros());
    }

    private boolean wasDeleted(HistorySubject subject, long after) {
        HistoryRange between = HistoryRange.between(TimeProperty.DELETED_AT, after, span.fromMicros());
        return !entities.readHistory(subject.known().id(), subject.selector(), between)
                .isEmpty();
    }

    /** The last value of a series, whenever it was. */
    Optional<Said> last(HistorySubject subject) {
        return last(subject, HistoryRange.of(subject.time()));
    }

    /** The last value of a series before the span. */
    Optional<Said> lastBefore(HistorySubject subject) {
        return last(subject, HistoryRange.between(subject.time(), Long.MIN_VALUE + 1, span.fromMicros()));
    }

    private Optional<Said> last(HistorySubject subject, HistoryRange range) {
        for (Series series : entities.readHistory(subject.known().id(), subject.selector(), range.last(1))) {
            HistoryPoint point = series.points().getLast();
            return Optional.of(
                    new Said(point.micros(range.property()), point.instance().value()));
        }
        return Optional.empty();
    }

    /**
     * What a series says in the span.
     *
     * @param asMeans whether numbers are summed up
     */
    Trace trace(Read read, boolean asMeans) {
        List<Said> said = new ArrayList<>(read.gatherer().said());
        Optional<Said> before = read.before();
        if (read.hasNumbers()) {
            return numbers(read, asMeans);
        }
        before.ifPresent(earlier -> said.addFirst(earlier));
        return said.isEmpty() ? new Trace.Nothing() : words(read, said);
    }

    /** A number that held before comes first, where values hold until they change. */
    private static Trace numbers(Read read, boolean asMeans) {
        Trace within = read.gatherer().numbers(asMeans);
        Optional<Sample> before = read.before()
                .filter(_ -> read.subject().holds())
                .filter(said -> said.value().isNumber())
                .map(said -> Sample.single(said.at(), said.value().doubleValue()));
        if (before.isEmpty()) {
            return within;
        }
        Sample first = before.get();
        if (!(within instanceof Trace.Numbers numbers)) {
            return new Trace.Numbers(List.of(first), false, false, 0, first, first, first, 0);
        }
        List<Sample> samples = new ArrayList<>(numbers.samples());
        samples.addFirst(first);
        return new Trace.Numbers(
                samples,
                numbers.areMeans(),
                numbers.areRolledUp(),
                numbers.count(),
                first.value() < numbers.lowest().value() ? first : numbers.lowest(),
                first.value() > numbers.highest().value() ? first : numbers.highest(),
                numbers.latest(),
                numbers.others());
    }

    private Trace words(Read read, List<Said> said) {
        List<Stretch> stretches = new ArrayList<>();
        int at = 0;
        while (at < said.size()) {
            Said first = said.get(at);
            OptionalLong end = end(read, said, at);
            at++;
            while (at < said.size() && sameAsBefore(first.value(), said.get(at), end)) {
                end = end(read, said, at);
                at++;
            }
            stretches.add(new Stretch(first.at(), end, first.value()));
        }
        return new Trace.Words(stretches, read.gatherer().hasAllSaid());
    }

    private static boolean sameAsBefore(JsonNode value, Said next, OptionalLong end) {
        return next.value().equals(value) && end.isPresent() && end.getAsLong() >= next.at();
    }

    /** Until when a value held: until the next one, its deletion, or until it was stale. */
    private OptionalLong end(Read read, List<Said> said, int index) {
        HistorySubject subject = read.subject();
        long at = said.get(index).at();
        boolean isLast = index == said.size() - 1;
        long end = Math.min(span.toMicros(), HistorySpan.micros(subject.end(now)));
        if (!isLast) {
            end = said.get(index + 1).at();
        } else if (subject.holds() && !subject.isAlive() && subject.known().isCurrent()) {
            end = firstBehind(read.deletions(), at).orElse(at);
        }
        if (!subject.holds() && subject.staleMicros() > 0) {
            end = Math.min(end, at + subject.staleMicros());
        }
        OptionalLong deleted = firstBehind(read.deletions(), at);
        if (deleted.isPresent()) {
            end = Math.min(end, deleted.getAsLong());
        }
        return end < at ? OptionalLong.empty() : OptionalLong.of(end);
    }

    private static OptionalLong firstBehind(long[] deletions, long at) {
        return Arrays.stream(deletions).filter(time -> time >= at).findFirst();
    }
}
