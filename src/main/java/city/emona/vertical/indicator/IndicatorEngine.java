package city.emona.vertical.indicator;

import city.emona.broker.Broker;
import city.emona.broker.live.LiveEvent;
import city.emona.broker.live.LiveHub;
import city.emona.broker.live.LiveQuery;
import city.emona.broker.live.LiveReceiver;
import city.emona.broker.live.LiveStream;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.TypeSelection;
import city.emona.store.Tenant;
import city.emona.vertical.IndicatorSpec.Computation;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.indicator.IndicatorBook.Declared;
import city.emona.vertical.rule.BrokerCity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the indicators of the verticals: on their schedules, and a few seconds after something has changed that they are made of.
 * History is folded on the schedule alone. A value is written when it is another, and on the schedule.
 */
public final class IndicatorEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndicatorEngine.class);

    /** How long changes are gathered before indicators are computed. */
    private static final long GATHER_MILLIS = 5_000;

    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final LiveHub live;
    private final IndicatorBook book;
    private final InstantSource clock;
    private final Calculator calculator;
    private @Nullable Run run;

    public IndicatorEngine(Broker broker, LiveHub live, IndicatorBook book, InstantSource clock) {
        this.live = live;
        this.book = book;
        this.clock = clock;
        this.calculator = new Calculator(new BrokerCity(broker), book::fold);
    }

    /** Computes the indicators of these verticals from now on, and no others. */
    public synchronized void apply(Verticals verticals) {
        close();
        List<Declared> all = new ArrayList<>();
        for (Vertical vertical : verticals.list()) {
            vertical.indicators().forEach(spec -> all.add(new Declared(vertical, spec)));
        }
        if (!all.isEmpty()) {
            Run next = new Run(all);
            run = next;
            next.thread.start();
        }
    }

    /** Computes nothing any more. */
    @Override
    public synchronized void close() {
        Run running = run;
        if (running != null) {
            running.stop();
            run = null;
        }
    }

    /** One set of indicators. */
    private final class Run {
        private final List<Declared> all;
        private final Thread thread =
                Thread.ofPlatform().name("indicators").daemon().unstarted(this::work);
        private final AtomicBoolean changed = new AtomicBoolean(true);
        private final Map<String, Long> scheduled = new HashMap<>();
        private long gatheredAt;
        private volatile boolean closed;
        private volatile boolean following;

        Run(List<Declared> all) {
            this.all = List.copyOf(all);
        }

        void stop() {
            closed = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void work() {
            LiveStream stream = null;
            while (!closed) {
                try {
                    if (!following) {
                        stream = follow();
                    }
                    round();
                } catch (RuntimeException e) {
                    LOG.error("The indicators could not be computed; it is tried again", e);
                }
                LockSupport.parkNanos(this, LONGEST_WAIT_MILLIS * 1_000_000);
            }
            if (stream != null) {
                stream.close();
            }
        }

        private LiveStream follow() {
            Set<String> types = new LinkedHashSet<>(Set.of(IndicatorTerms.INDICATOR));
            for (Declared declared : all) {
                if (declared.spec().computation() instanceof Computation.Current current) {
                    types.add(current.type());
                }
            }
            List<EntitySelector> selectors = types.stream()
                    .map(type -> EntitySelector.ofTypes(TypeSelection.of(type)))
                    .toList();
            EntityFilter filter = new EntityFilter(selectors, Set.of(), null, null, null, null);
            LiveStream opened =
                    live.prepare(new LiveQuery(Tenant.DEFAULT, filter, GATHER_MILLIS), OptionalLong.empty(), false);
            following = true;
            opened.open(new Receiver());
            return opened;
        }

        private void round() {
            long now = clock.millis();
            boolean gathered = now - gatheredAt >= GATHER_MILLIS && changed.compareAndSet(true, false);
            if (gathered) {
                gatheredAt = now;
            }
            Map<String, Map<String, Double>> values = new HashMap<>();
            // what is calculated from others comes behind them
            for (boolean calculated : List.of(false, true)) {
                for (Declared declared : ordered(calculated)) {
                    compute(
                            declared,
                            values.computeIfAbsent(declared.vertical().id(), _ -> new HashMap<>()),
                            gathered,
                            now);
                }
            }
        }

        private List<Declared> ordered(boolean calculated) {
            List<Declared> ordered = new ArrayList<>();
            for (Declared declared : all) {
                if (declared.spec().computation() instanceof Computation.Calculated == calculated) {
                    addBehindItsParts(declared, ordered, calculated);
                }
            }
            return ordered;
        }

        private void addBehindItsParts(Declared declared, List<Declared> ordered, boolean calculated) {
            if (ordered.contains(declared)) {
                return;
            }
            if (declared.spec().computation() instanceof Computation.Calculated(var formula)) {
                for (Declared other : all) {
                    if (other.vertical().id().equals(declared.vertical().id())
                            && formula.names().contains(other.spec().id())
                            && other.spec().computation() instanceof Computation.Calculated == calculated) {
                        addBehindItsParts(other, ordered, calculated);
                    }
                }
            }
            ordered.add(declared);
        }

        /** Computes an indicator where it is its turn, and adds the value that it has to the others. */
        private void compute(Declared declared, Map<String, Double> values, boolean gathered, long now) {
            var entity = book.find(declared.vertical(), declared.spec());
            OptionalDouble before = entity.map(IndicatorBook::value).orElse(OptionalDouble.empty());
            before.ifPresent(value -> values.put(declared.spec().id(), value));
            boolean isDue = scheduled.getOrDefault(declared.entityId(), 0L) <= now;
            boolean isPast = declared.spec().computation() instanceof Computation.Past;
            boolean isManual = declared.spec().computation() instanceof Computation.Manual;
            if (!isDue && (isPast || isManual || !gathered)) {
                return;
            }
            OptionalDouble value = calculator.value(declared.spec(), values, now);
            if (value.isPresent()) {
                values.put(declared.spec().id(), value.getAsDouble());
            } else {
                values.remove(declared.spec().id());
            }
            if (isDue) {
                scheduled.put(declared.entityId(), now + declared.spec().every().toMillis());
            }
            if (isManual) {
                // a reading keeps its time; only the status may be another on another day
                entity.ifPresent(present -> book.write(
                        declared, value, IndicatorBook.observedAt(present).orElse(now), "", ""));
            } else if (isDue || entity.isEmpty() || !value.equals(before)) {
                book.write(declared, value, now, "", "");
            }
        }

        private final class Receiver implements LiveReceiver {
            @Override
            public boolean tell(LiveEvent event) {
                if (!(event instanceof LiveEvent.Mark)) {
                    changed.set(true);
                }
                return !closed;
            }

            @Override
            public void end() {
                following = false;
            }
        }
    }
}
